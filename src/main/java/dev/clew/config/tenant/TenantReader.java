package dev.clew.config.tenant;

import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.MappedFileReader;
import dev.clew.config.yaml.PemFiles;
import dev.clew.config.yaml.Shape;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.TenantLoader.Candidate;
import dev.clew.tenant.upstream.Upstream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads tenants' files. */
public final class TenantReader {

    /** The shape of a tenant's file. */
    public static final Shape SHAPE = Shape.of(TenantFile.class);

    private final MappedFileReader<TenantFile> files;
    private final TenantDefaults defaults;
    private final Path root;
    private final @Nullable Set<String> destinations;

    /**
     * Creates a reader.
     *
     * @param root base of relative paths in the files
     * @param destinations the names of all export destinations; null if they are not known
     */
    public TenantReader(
            TenantDefaults defaults,
            Function<String, @Nullable String> environment,
            Path root,
            @Nullable Set<String> destinations) {
        this.files = new MappedFileReader<>(TenantFile.class, SHAPE, environment);
        this.defaults = defaults;
        this.root = root;
        this.destinations = destinations == null ? null : Set.copyOf(destinations);
    }

    /**
     * Reads one file.
     *
     * @param before the tenant in force, whose unchanged parts are reused; null without one
     */
    public TenantReading read(String file, TenantId id, byte[] content, @Nullable TenantEntry before) {
        Findings findings = new Findings(file);
        PemFiles parts = new PemFiles(root, id);
        Optional<Candidate> candidate = read(id, content, findings, parts, before);
        return new TenantReading(
                findings.areTolerable() ? candidate : Optional.empty(), findings.problems(), parts.read());
    }

    private Optional<Candidate> read(
            TenantId id, byte[] content, Findings findings, PemFiles parts, @Nullable TenantEntry before) {
        TenantFile file = files.read(content, findings);
        if (file == null) {
            return Optional.empty();
        }
        if (findings.isEmpty()) {
            findings.problem("", "empty (expected: a YAML mapping)");
            return Optional.empty();
        }
        if (destinations != null) {
            ExportTargets.check(file.tracing(), destinations, findings);
        }
        Map<String, Upstream> upstreams =
                before == null ? Map.of() : before.tenant().upstreams();
        return new TenantTranslation(findings, defaults, parts, upstreams)
                .tenant(id, file)
                .flatMap(tenant -> {
                    try {
                        TenantEntry entry = TenantEntry.of(tenant);
                        return Optional.of(before == null ? entry : entry.withUsageOf(before));
                    } catch (IllegalArgumentException slow) {
                        findings.problem("routes", String.valueOf(slow.getMessage()));
                        return Optional.empty();
                    }
                })
                .map(entry -> new Candidate(
                        findings.file(),
                        entry,
                        file.hosts().stream()
                                .map(host -> findings.line(host.itself().getName()))
                                .toList()));
    }
}

package dev.clew.config;

import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.TenantLoader.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the file of one tenant after the other. */
final class TenantReader {

    private final MappedFileReader<TenantFile> files;
    private final TenantDefaults defaults;
    private final PemFiles pemFiles;

    TenantReader(TenantDefaults defaults, Function<String, @Nullable String> environment, PemFiles pemFiles) {
        this.files = new MappedFileReader<>(TenantFile.class, environment);
        this.defaults = defaults;
        this.pemFiles = pemFiles;
    }

    /** The tenant, or empty when anything is wrong with its file; all of it is then added to the problems. */
    Optional<Candidate> read(String file, TenantId id, byte[] content, List<Problem> problems) {
        Findings findings = new Findings(file);
        Optional<Candidate> candidate = read(id, content, findings);
        problems.addAll(findings.problems());
        return findings.areTolerable() ? candidate : Optional.empty();
    }

    private Optional<Candidate> read(TenantId id, byte[] content, Findings findings) {
        TenantFile file = files.read(content, findings);
        if (file == null) {
            return Optional.empty();
        }
        if (findings.isEmpty()) {
            findings.problem("", "empty (expected: a YAML mapping)");
            return Optional.empty();
        }
        return new TenantTranslation(findings, defaults, pemFiles)
                .tenant(id, file)
                .flatMap(tenant -> {
                    try {
                        return Optional.of(TenantEntry.of(tenant));
                    } catch (IllegalArgumentException slow) {
                        findings.problem("routes", String.valueOf(slow.getMessage()));
                        return Optional.empty();
                    }
                })
                .map(entry -> new Candidate(
                        findings.file(),
                        entry,
                        findings.places("hosts").stream()
                                .map(place -> findings.line(Keys.item("hosts", place)))
                                .toList()));
    }
}

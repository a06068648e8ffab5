package dev.clew.config.gateway;

import dev.clew.config.gateway.GatewayFile.ForcedTracingSection;
import dev.clew.config.gateway.GatewayFile.ResponseHeaderSection;
import dev.clew.config.gateway.GatewayFile.TenantDefaultSection;
import dev.clew.config.gateway.GatewaySettings.ForcedTracing;
import dev.clew.config.tenant.ExportTargets;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.MappedFileReader;
import dev.clew.config.yaml.Shape;
import dev.clew.config.yaml.Values;
import dev.clew.network.Cidr;
import dev.clew.network.Networks;
import dev.clew.tenant.Problem;
import dev.clew.tenant.tracing.TracingPolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the gateway's own file. */
public final class GatewayReader {

    /** The shape of the gateway's own file. */
    public static final Shape SHAPE = Shape.of(GatewayFile.class);

    private final MappedFileReader<GatewayFile> files;
    private final GatewaySettings standard;
    private final Path folder;

    /** @param folder base of relative paths in the file */
    public GatewayReader(GatewaySettings standard, Path folder, Function<String, @Nullable String> environment) {
        this.folder = folder;
        this.files = new MappedFileReader<>(GatewayFile.class, SHAPE, environment);
        this.standard = standard;
    }

    /** Returns the settings; empty when the file has a problem that is not tolerated. Adds all problems. */
    public Optional<GatewaySettings> read(String name, byte[] content, List<Problem> problems) {
        Findings findings = new Findings(name);
        GatewayFile file = files.read(content, findings);
        Optional<GatewaySettings> settings =
                file == null ? Optional.empty() : Optional.of(settings(file, new Fields(findings)));
        if (file != null) {
            Set<String> destinations = new TreeSet<>(file.destinations().keySet());
            destinations.add(TracingPolicy.DEFAULT_DESTINATION);
            ExportTargets.check(file.tenantDefaults().tracing(), destinations, findings);
        }
        // Reported by the reader of destinations.
        findings.problems().stream()
                .filter(problem -> !TelemetryReader.concerns(problem))
                .forEach(problems::add);
        return findings.areTolerable() ? settings : Optional.empty();
    }

    private GatewaySettings settings(GatewayFile file, Fields fields) {
        return new GatewaySettings(
                new Networks(fields.readAll(file.trustedProxies(), Cidr::parse)),
                new Networks(fields.readAll(file.proxyProtocol().from(), Cidr::parse)),
                ResponseHeaderSection.read(file.responseHeaders(), fields, standard.responseHeaders()),
                fields.read(file.via(), Values::name, standard.via()),
                AccessLogSection.read(file.accessLog(), fields, standard.accessLog()),
                JournalSection.read(file.journal(), fields, standard.journal()),
                forcedTracing(file.forcedTracing(), fields),
                TenantDefaultSection.read(file.tenantDefaults(), fields, standard.tenantDefaults()));
    }

    private ForcedTracing forcedTracing(ForcedTracingSection section, Fields fields) {
        Optional<Path> keyFile =
                fields.parse(section.keyFile(), Function.identity()).flatMap(this::path);
        // A key file that is unusable now may become usable; it is reloaded.
        fields.parse(section.keyFile(), this::usableKeyFile);
        return new ForcedTracing(
                keyFile,
                fields.count(section.perMinute(), standard.forcedTracing().perMinute()));
    }

    private Path usableKeyFile(String text) {
        return path(text)
                .filter(file -> ForceKeyFile.read(file) != null)
                .orElseThrow(() -> new IllegalArgumentException("expected: " + ForceKeyFile.EXPECTED));
    }

    private Optional<Path> path(String text) {
        try {
            return Optional.of(folder.resolve(text));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}

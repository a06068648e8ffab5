package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import dev.clew.export.settings.Environment.Parser;
import dev.clew.export.settings.Environment.Source;
import dev.clew.export.settings.OtlpSettings.Protocol;
import dev.clew.export.settings.OtlpSettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the connection settings of one signal to one destination: its mapping in {@code gateway/gateway.yaml}, then
 * {@code OTEL_EXPORTER_OTLP_TRACES_*} (or {@code _LOGS_*}, {@code _METRICS_*}), then {@code OTEL_EXPORTER_OTLP_*}
 * (OpenTelemetry specification, "OpenTelemetry Protocol Exporter"). The variables apply to the destination
 * {@code default} only.
 */
final class OtlpReader {

    private static final String ALL = "OTEL_EXPORTER_OTLP_";
    private static final String DROPPED = "its spans are dropped";
    private static final String NO_HEADER = "no header of it is sent";
    private static final String PLATFORM = "the platform's authorities are trusted";
    private static final String NO_CLIENT = "no client certificate is used";
    private static final Parser<Protocol> PROTOCOL = value -> {
        for (Protocol protocol : Protocol.values()) {
            if (protocol.token().equalsIgnoreCase(value)) {
                return protocol;
            }
        }
        // The specification names it, but leaves its support to the SDK.
        String expected = "grpc or http/protobuf";
        throw value.equalsIgnoreCase("http/json")
                ? new Malformed("http/json is not supported", expected)
                : new Malformed(expected);
    };

    private final Signal signal;
    private final Environment environment;
    private final DestinationEntry entry;
    private final SettingFiles files;
    private final Path folder;

    /**
     * @param folder the base of relative paths in the entry; those in variables are relative to the working directory
     */
    OtlpReader(Signal signal, Environment environment, DestinationEntry entry, SettingFiles files, Path folder) {
        this.signal = signal;
        this.environment = environment;
        this.entry = entry;
        this.files = files;
        this.folder = folder;
    }

    /** Returns the settings; null without an endpoint. */
    @Nullable OtlpSettings read() {
        Protocol protocol = environment
                .read("http/protobuf is used", PROTOCOL, names("protocol"))
                .orElse(Protocol.HTTP_PROTOBUF);
        // Checked for HTTP too, where it has no effect.
        boolean insecure = environment.flag(variables("insecure"));
        @Nullable String endpoint = protocol == Protocol.GRPC ? grpcEndpoint(insecure) : httpEndpoint();
        Map<String, String> headers = headers();
        Duration timeout = environment
                .read("10s is used", sources("timeout", Durations::withUnit, Durations.TIMEOUT))
                .orElse(Duration.ofSeconds(10));
        boolean gzip = environment.choice(OtlpSettings.COMPRESSIONS, "none", names("compression"));
        Tls tls = tls();
        return endpoint == null ? null : new OtlpSettings(protocol, endpoint, headers, timeout, gzip, tls);
    }

    private String[] names(String key) {
        String suffix = suffix(key);
        return new String[] {key, signal.variable(suffix), ALL + suffix};
    }

    private String[] variables(String key) {
        String suffix = suffix(key);
        return new String[] {signal.variable(suffix), ALL + suffix};
    }

    private <T> List<Source<T>> sources(String key, Parser<T> inFile, Parser<T> inVariable) {
        String[] variables = variables(key);
        return List.of(
                new Source<>(key, inFile),
                new Source<>(variables[0], inVariable),
                new Source<>(variables[1], inVariable));
    }

    private static String suffix(String key) {
        return key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private @Nullable String grpcEndpoint(boolean insecure) {
        Parser<String> parser = value -> OtlpEndpoint.grpc(value, insecure);
        return endpoint("http://localhost:4317", sources("endpoint", parser, parser));
    }

    private @Nullable String httpEndpoint() {
        return endpoint(
                "http://localhost:4318/" + signal.path(),
                List.of(
                        new Source<>("endpoint", value -> OtlpEndpoint.http(value, signal)),
                        new Source<>(signal.variable("ENDPOINT"), OtlpEndpoint::httpUnchanged),
                        new Source<>(ALL + "ENDPOINT", value -> OtlpEndpoint.httpBase(value, signal))));
    }

    /** Reads the endpoint. Only the destination {@code default} has a standard one. */
    private @Nullable String endpoint(String standard, List<Source<String>> sources) {
        if (entry.name().equals(DestinationSettings.DEFAULT)) {
            return environment.read(standard + " is used", sources).orElse(standard);
        }
        Optional<String> endpoint = environment.read(DROPPED, sources);
        if (environment.written("endpoint") == null && !environment.rephrase(this::isOfEndpoint, DROPPED)) {
            String fault = "missing (expected: a URL such as http://collector:4318)";
            environment.report(entry.place() + ".endpoint", fault, DROPPED);
        }
        return endpoint.orElse(null);
    }

    private boolean isOfEndpoint(SettingProblem problem) {
        return problem.name().equals(entry.place()) || problem.name().endsWith(".endpoint");
    }

    /** Merges the headers by name: the mapping overrides its file, which overrides the variables. */
    private Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        environment.read(NO_HEADER, HeaderFields::list, variables("headers")).ifPresent(headers::putAll);
        environment
                .read(NO_HEADER, file -> HeaderFields.checked(files.headers(folder, file)), "headers-file")
                .ifPresent(headers::putAll);
        String prefix = "headers.";
        for (String key : entry.texts().keySet()) {
            if (key.startsWith(prefix)) {
                String name = key.substring(prefix.length());
                environment
                        .read(NO_HEADER, value -> HeaderFields.checked(Map.of(name, value)), key)
                        .ifPresent(headers::putAll);
            }
        }
        return headers;
    }

    private Tls tls() {
        @Nullable String authorities = file(files::certificates, "certificate", PLATFORM);
        @Nullable String certificate = file(files::certificates, "client-certificate", NO_CLIENT);
        @Nullable String key = file(files::key, "client-key", NO_CLIENT);
        if ((key == null) == (certificate == null)) {
            return new Tls(authorities, key, certificate);
        }
        String missing = key == null ? "client-key" : "client-certificate";
        @Nullable SettingText given = environment.written(names(key == null ? "client-certificate" : "client-key"));
        // An unusable one has been reported already.
        if (environment.written(names(missing)) == null && given != null) {
            environment.report(
                    given.name(),
                    "without " + (key == null ? "a key" : "a certificate") + " (expected: both or neither)",
                    NO_CLIENT);
        }
        return new Tls(authorities, null, null);
    }

    private interface FileReader {
        String read(Path folder, String file) throws Malformed;
    }

    private @Nullable String file(FileReader reader, String key, String unset) {
        List<Source<String>> sources =
                sources(key, file -> reader.read(folder, file), file -> reader.read(Path.of(""), file));
        return environment.read(unset, sources).orElse(null);
    }
}

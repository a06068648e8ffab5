package dev.clew.export;

import dev.clew.export.Environment.Malformed;
import dev.clew.export.OtlpSettings.Protocol;
import dev.clew.export.OtlpSettings.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code OTEL_EXPORTER_OTLP_*}: the variable for traces first, then the one for all signals (OpenTelemetry
 * specification, "OpenTelemetry Protocol Exporter").
 */
final class OtlpEnvironment {

    private static final String TRACES = "OTEL_EXPORTER_OTLP_TRACES_";
    private static final String ALL = "OTEL_EXPORTER_OTLP_";
    /** No certificate bundle is near this; a file that is must be the wrong one. */
    private static final long MOST_PEM_BYTES = 4L << 20;

    private final Environment environment;

    private OtlpEnvironment(Environment environment) {
        this.environment = environment;
    }

    static OtlpSettings read(Environment environment) {
        return new OtlpEnvironment(environment).settings();
    }

    private OtlpSettings settings() {
        Protocol protocol = environment.choice(
                Map.of("grpc", Protocol.GRPC, "http/protobuf", Protocol.HTTP_PROTOBUF),
                Protocol.HTTP_PROTOBUF,
                names("PROTOCOL"));
        return new OtlpSettings(
                protocol,
                protocol == Protocol.GRPC ? grpcEndpoint() : httpEndpoint(),
                environment.read(OtlpEnvironment::headers, names("HEADERS")).orElse(Map.of()),
                timeout(environment, 10_000, names("TIMEOUT")),
                environment.choice(Map.of("gzip", true, "none", false), false, names("COMPRESSION")),
                tls());
    }

    /** A timeout of zero means none (specification, "Timeout"); what can be represented comes close to it. */
    static Duration timeout(Environment environment, int unset, String... names) {
        int millis = environment.integer(0, Integer.MAX_VALUE, unset, names);
        return Duration.ofMillis(millis == 0 ? Integer.MAX_VALUE : millis);
    }

    private static String[] names(String suffix) {
        return new String[] {TRACES + suffix, ALL + suffix};
    }

    private String grpcEndpoint() {
        boolean insecure = environment.flag(names("INSECURE"));
        return environment
                .read(value -> OtlpEndpoint.grpc(value, insecure), names("ENDPOINT"))
                .orElse("http://localhost:4317");
    }

    private String httpEndpoint() {
        return environment
                .read(OtlpEndpoint::httpTraces, TRACES + "ENDPOINT")
                .or(() -> environment.read(OtlpEndpoint::httpBase, ALL + "ENDPOINT"))
                .orElse("http://localhost:4318/v1/traces");
    }

    /** Header fields that can be sent: RFC 9110 sections 5.1 and 5.5, of the values the visible ASCII part. */
    static Map<String, String> headers(String list) throws Malformed {
        Map<String, String> headers = Environment.pairs(list);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!header.getKey().chars().allMatch(OtlpEnvironment::isTokenChar)) {
                throw new Malformed("malformed header name (expected: letters, digits and -)");
            }
            if (!header.getValue().chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t')) {
                throw new Malformed("a header value has control or non-ASCII characters (expected: ASCII text)");
            }
        }
        return headers;
    }

    private static boolean isTokenChar(int c) {
        return c > ' ' && c <= '~' && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    private Tls tls() {
        byte @Nullable [] authorities = pem("CERTIFICATE", true);
        byte @Nullable [] certificate = pem("CLIENT_CERTIFICATE", true);
        byte @Nullable [] key = pem("CLIENT_KEY", false);
        if ((key == null) != (certificate == null)) {
            environment.report(
                    ALL + (key == null ? "CLIENT_CERTIFICATE" : "CLIENT_KEY"),
                    "one without the other (expected: CLIENT_CERTIFICATE and CLIENT_KEY, both readable)");
            return new Tls(authorities, null, null);
        }
        return new Tls(authorities, key, certificate);
    }

    private byte @Nullable [] pem(String suffix, boolean certificates) {
        Optional<byte[]> pem = environment.read(value -> readPem(value, certificates), names(suffix));
        return pem.orElse(null);
    }

    private static byte[] readPem(String file, boolean certificates) throws Malformed {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path) || Files.size(path) > MOST_PEM_BYTES) {
                throw new Malformed("no such file (expected: the path of a PEM file)");
            }
            byte[] pem = Files.readAllBytes(path);
            if (certificates
                    && CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))
                            .isEmpty()) {
                throw new Malformed("no certificate in the file (expected: X.509 in PEM)");
            }
            return pem;
        } catch (InvalidPathException e) {
            throw new Malformed("not a path (expected: the path of a PEM file)");
        } catch (IOException e) {
            throw new Malformed("unreadable file (expected: the path of a PEM file)");
        } catch (CertificateException e) {
            throw new Malformed("no certificate in the file (expected: X.509 in PEM)");
        }
    }
}

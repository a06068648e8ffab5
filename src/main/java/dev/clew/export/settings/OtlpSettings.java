package dev.clew.export.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one OTLP backend is reached. The values are checked; only the network can still refuse them.
 *
 * @param protocol gRPC, or protobuf over HTTP
 * @param endpoint an {@code http} or {@code https} URL; for HTTP the full one with its path
 * @param headers sent with every export; the values are secret
 * @param timeout most time one export may take, retries included; above zero
 * @param gzip whether what is sent is compressed
 * @param tls certificates and keys
 */
public record OtlpSettings(
        Protocol protocol, String endpoint, Map<String, String> headers, Duration timeout, boolean gzip, Tls tls) {

    /** How spans travel. */
    public enum Protocol {
        /** OTLP/gRPC. */
        GRPC("grpc"),
        /** OTLP/HTTP with binary protobuf. */
        HTTP_PROTOBUF("http/protobuf");

        private final String token;

        Protocol(String token) {
            this.token = token;
        }

        /** As {@code OTEL_EXPORTER_OTLP_PROTOCOL} has it. */
        public String token() {
            return token;
        }
    }

    /**
     * PEM texts for an {@code https} endpoint.
     *
     * @param authorities whom to trust instead of the platform's certificate authorities, or null
     * @param clientKey the gateway's own private key in PKCS #8, or null
     * @param clientCertificate the certificate chain of that key; null exactly when the key is
     */
    public record Tls(@Nullable String authorities, @Nullable String clientKey, @Nullable String clientCertificate) {

        /** The platform's certificate authorities, no client certificate. */
        public static final Tls PLATFORM = new Tls(null, null, null);

        public Tls {
            if ((clientKey == null) != (clientCertificate == null)) {
                throw new IllegalArgumentException(
                        "clientKey: without its certificate or the reverse (expected: both)");
            }
        }

        @Override
        public String toString() {
            return "Tls[…]";
        }
    }

    public OtlpSettings {
        headers = Map.copyOf(headers);
    }

    /** Scheme, host and port: what may be shown. */
    public String address() {
        int path = endpoint.indexOf('/', endpoint.indexOf("://") + 3);
        return path < 0 ? endpoint : endpoint.substring(0, path);
    }

    /** The names of the settings that are not as there, in the words of the file. */
    List<String> differencesFrom(OtlpSettings other) {
        Map<String, Boolean> same = new LinkedHashMap<>();
        same.put("protocol", protocol == other.protocol);
        same.put("endpoint", endpoint.equals(other.endpoint));
        same.put("headers", headers.equals(other.headers));
        same.put("timeout", timeout.equals(other.timeout));
        same.put("compression", gzip == other.gzip);
        same.put("certificate", Objects.equals(tls.authorities, other.tls.authorities));
        same.put("client-certificate", Objects.equals(tls.clientCertificate, other.tls.clientCertificate));
        same.put("client-key", Objects.equals(tls.clientKey, other.tls.clientKey));
        same.values().removeIf(equal -> equal);
        return List.copyOf(same.keySet());
    }

    /** Whether the connection is secured. */
    public boolean isTls() {
        return endpoint.startsWith("https:");
    }

    /** Shows no header value. */
    @Override
    public String toString() {
        return "OtlpSettings[" + protocol + " " + address() + "]";
    }
}

package dev.clew.export.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The connection settings of one OTLP backend. The values are valid; only the network can still fail.
 *
 * @param protocol gRPC, or protobuf over HTTP
 * @param endpoint an {@code http} or {@code https} URL; for HTTP including the path
 * @param headers sent with every export; the values are secret
 * @param timeout the bound on one export, retries included; above zero
 * @param gzip whether requests are compressed
 * @param tls certificates and keys
 */
public record OtlpSettings(
        Protocol protocol, String endpoint, Map<String, String> headers, Duration timeout, boolean gzip, Tls tls) {

    /** The compressions by name; true for gzip. */
    public static final Map<String, Boolean> COMPRESSIONS = Map.of("gzip", true, "none", false);

    /** The transport of spans. */
    public enum Protocol {
        /** OTLP/gRPC. */
        GRPC("grpc"),
        /** OTLP/HTTP with binary protobuf. */
        HTTP_PROTOBUF("http/protobuf");

        private final String token;

        Protocol(String token) {
            this.token = token;
        }

        /** Returns the value in {@code OTEL_EXPORTER_OTLP_PROTOCOL}. */
        public String token() {
            return token;
        }
    }

    /**
     * PEM texts for an {@code https} endpoint.
     *
     * @param authorities the trusted certificate authorities, or null for the platform's
     * @param clientKey the gateway's own private key in PKCS #8, or null
     * @param clientCertificate the certificate chain of that key; null exactly if the key is
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

    /** Returns scheme, host and port, which may be shown. */
    public String address() {
        int path = endpoint.indexOf('/', endpoint.indexOf("://") + 3);
        return path < 0 ? endpoint : endpoint.substring(0, path);
    }

    /** Returns the names of the settings that differ, as in the file. */
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

    /** Returns true if the connection uses TLS. */
    public boolean isTls() {
        return endpoint.startsWith("https:");
    }

    /** Omits header values. */
    @Override
    public String toString() {
        return "OtlpSettings[" + protocol + " " + address() + "]";
    }
}

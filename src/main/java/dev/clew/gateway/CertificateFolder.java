package dev.clew.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The listener's certificate where Kubernetes puts one: {@code tls/tls.crt} and {@code tls/tls.key} in the
 * configuration folder, by the names that a Secret of the type {@code kubernetes.io/tls} has. Quarkus would not start
 * for a file that it is told of and that is not there, so it is told only when both are.
 */
final class CertificateFolder {

    private static final String CERTIFICATE = "quarkus.http.ssl.certificate.files";
    private static final String KEY = "quarkus.http.ssl.certificate.key-files";

    private CertificateFolder() {}

    /** Before Quarkus reads its configuration; whoever says where certificates are is obeyed. */
    static void apply() {
        if (System.getProperty(CERTIFICATE) != null || System.getenv("QUARKUS_HTTP_SSL_CERTIFICATE_FILES") != null) {
            return;
        }
        @Nullable String configured = System.getProperty("clew.config", System.getenv("CLEW_CONFIG"));
        Path folder = Path.of(configured == null ? "" : configured, "tls");
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        if (Files.isReadable(certificate) && Files.isReadable(key)) {
            System.setProperty(CERTIFICATE, certificate.toString());
            System.setProperty(KEY, key.toString());
        }
    }
}

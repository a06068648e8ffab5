package dev.clew.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Sets the listener's certificate to {@code tls/tls.crt} and {@code tls/tls.key} in the configuration folder, the file
 * names of a Kubernetes Secret of type {@code kubernetes.io/tls}. Sets it only when both files exist: Quarkus does not
 * start with a configured file that is missing.
 */
final class CertificateFolder {

    private static final String CERTIFICATE = "quarkus.http.ssl.certificate.files";
    private static final String KEY = "quarkus.http.ssl.certificate.key-files";

    private CertificateFolder() {}

    /** Sets Quarkus's properties, before it reads them; explicit settings take precedence. */
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

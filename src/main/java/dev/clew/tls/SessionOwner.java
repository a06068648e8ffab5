package dev.clew.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The digest of all that a session depends on: it resumes only where all of it is the same. */
final class SessionOwner {

    private SessionOwner() {}

    /**
     * Computes the digest.
     *
     * @param name the tenant; empty for the listener itself
     * @param certificates those presented, and the authorities trusted for clients' certificates
     * @param isClientRequired whether clients must present one
     */
    static byte[] digest(String name, List<X509Certificate> certificates, boolean isClientRequired) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(new byte[] {0, (byte) (isClientRequired ? 1 : 0)});
            for (X509Certificate certificate : certificates) {
                // DER says where each certificate ends.
                digest.update(certificate.getEncoded());
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform provides SHA-256", e);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate cannot be encoded", e);
        }
    }
}

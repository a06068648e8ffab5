package dev.clew.config.yaml;

import dev.clew.access.KeySet;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.tls.OcspResponse;
import dev.clew.tenant.tls.ServerCertificate;
import dev.clew.tenant.upstream.UpstreamTls.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Certificates, keys (RFC 7468, RFC 7517) and OCSP responses below the configuration's folder. Messages never contain
 * their content.
 */
public final class PemFiles {

    /** The folder of a mounted Secret, which holds the files of all tenants. */
    private static final Path SECRETS = Path.of("secrets");

    private static final int MAX_BYTES = ChangedFiles.MAX_BYTES;

    private final Path root;
    private final TenantId tenant;
    private final Map<Path, String> read = new HashMap<>();

    /** @param tenant whose file names them */
    public PemFiles(Path root, TenantId tenant) {
        this.root = root;
        this.tenant = tenant;
    }

    /** Returns the {@linkplain ChangedFiles#digest digests} of the requested files, present or not. */
    public Map<Path, String> read() {
        return read;
    }

    /** @throws IllegalArgumentException with the expected format */
    public Pem certificates(String path) {
        Pem pem = read(path);
        parse(pem);
        return pem;
    }

    /**
     * Parses a certificate chain of at least one certificate.
     *
     * @throws IllegalArgumentException with the expected format
     */
    public List<X509Certificate> certificateChain(String path) {
        return parse(read(path));
    }

    /**
     * Parses a certificate chain and the key of its first certificate, which belong to no tenant.
     *
     * @throws IllegalArgumentException with the expected format
     */
    public static ServerCertificate serverCertificate(String chain, String key) {
        List<X509Certificate> certificates = parse(new Pem(chain));
        PrivateKey secret = PrivateKeys.parse(key);
        if (!PrivateKeys.belongs(secret, certificates.get(0).getPublicKey())) {
            throw new IllegalArgumentException("expected: the key of the certificate");
        }
        return new ServerCertificate(certificates, secret, null, null);
    }

    private static List<X509Certificate> parse(Pem pem) {
        try (InputStream text = new ByteArrayInputStream(pem.text().getBytes(StandardCharsets.UTF_8))) {
            List<X509Certificate> found = new ArrayList<>();
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(text)) {
                found.add((X509Certificate) certificate);
            }
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException | IOException malformed) {
            throw new IllegalArgumentException("expected: a PEM file of certificates", malformed);
        }
        throw new IllegalArgumentException("expected: a PEM file of certificates");
    }

    /** @throws IllegalArgumentException with the expected format */
    public KeySet keySet(String path) {
        return KeySet.parse(read(path).text());
    }

    /** @throws IllegalArgumentException with the expected format */
    public PrivateKey privateKey(String path) {
        return PrivateKeys.parse(read(path).text());
    }

    /** @throws IllegalArgumentException with the expected format */
    public Pem key(String path) {
        Pem pem = read(path);
        if (!pem.text().contains("PRIVATE KEY-----") || pem.text().contains("ENCRYPTED")) {
            throw new IllegalArgumentException("expected: a PEM file of a private key without a password");
        }
        return pem;
    }

    /** @throws IllegalArgumentException with the expected format */
    public OcspResponse ocspResponse(String path) {
        OcspResponse response = OcspResponse.parse(content(path));
        if (response == null) {
            throw new IllegalArgumentException(OcspResponse.EXPECTED);
        }
        return response;
    }

    /** Compares the name up to the first dot, which ends the tenant's ID, since IDs contain none. */
    private boolean isOwn(Path secret) {
        String name = secret.getNameCount() < 2 ? "" : secret.getName(1).toString();
        return name.startsWith(tenant.value() + '.');
    }

    private Pem read(String path) {
        return new Pem(new String(content(path), StandardCharsets.UTF_8));
    }

    private byte[] content(String path) {
        try {
            Path relative = Path.of(path).normalize();
            // Tenants may name files that the operator provides, not those of the whole machine.
            if (relative.isAbsolute() || relative.startsWith("..")) {
                throw new IllegalArgumentException("expected: a path within the configuration's folder");
            }
            if (relative.startsWith(SECRETS) && !isOwn(relative)) {
                throw new IllegalArgumentException("expected: of secrets/, what begins with " + tenant + ".");
            }
            Path file = root.resolve(relative);
            read.put(file, ChangedFiles.MISSING);
            if (!Files.isRegularFile(file)) {
                // Reading other files, such as pipes, may never end, and would block all further reloads.
                throw new IllegalArgumentException("expected: a file that can be read");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(MAX_BYTES);
                read.put(file, ChangedFiles.digest(content));
                return content;
            }
        } catch (InvalidPathException | IOException unreadable) {
            throw new IllegalArgumentException("expected: a file that can be read", unreadable);
        }
    }
}

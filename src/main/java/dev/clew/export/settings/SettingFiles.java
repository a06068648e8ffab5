package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the files that settings name, and collects their paths, existing or not, so that they can be watched. */
final class SettingFiles {

    /** Far above any certificate bundle; a larger file must be the wrong one. */
    private static final int MAX_BYTES = 4 << 20;

    /** The key types that OpenTelemetry's exporters accept. */
    private static final List<String> KEY_TYPES = List.of("RSA", "EC");

    private final Set<Path> named = new LinkedHashSet<>();

    Set<Path> named() {
        return named;
    }

    /** Reads one or more X.509 certificates in PEM. */
    String certificates(Path folder, String file) throws Malformed {
        String pem = text(folder, file, "the path of a PEM file");
        try (InputStream in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1))) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return pem;
            }
        } catch (IOException | CertificateException e) {
            // Reported below without the exception's message, which may quote the file.
        }
        throw new Malformed("no certificate in the file", "X.509 in PEM");
    }

    /** Reads a private key in PKCS #8 (RFC 7468 section 10). */
    String key(Path folder, String file) throws Malformed {
        String pem = text(folder, file, "the path of a PEM file");
        String begin = "-----BEGIN PRIVATE KEY-----";
        int start = pem.indexOf(begin);
        int end = pem.indexOf("-----END PRIVATE KEY-----", Math.max(0, start));
        if (start >= 0 && end >= 0 && isKey(pem.substring(start + begin.length(), end))) {
            return pem;
        }
        throw new Malformed("no private key in the file", "an RSA or EC key in PKCS #8, in PEM");
    }

    private static boolean isKey(String base64) {
        PKCS8EncodedKeySpec encoded;
        try {
            encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return false;
        }
        for (String type : KEY_TYPES) {
            try {
                KeyFactory.getInstance(type).generatePrivate(encoded);
                return true;
            } catch (GeneralSecurityException e) {
                // Try the next type.
            }
        }
        return false;
    }

    /** Reads lines of {@code key=value} without any encoding, as in a mounted Secret. */
    Map<String, String> headers(Path folder, String file) throws Malformed {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : text(folder, file, "the path of a file").lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                headers.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            } else if (!line.isBlank()) {
                throw new Malformed("a malformed line in the file", "lines of key=value");
            }
        }
        return headers;
    }

    /** Reads a file as bytes, one per character; the caller validates the content. */
    private String text(Path folder, String file, String expected) throws Malformed {
        try {
            Path path = folder.resolve(file).toAbsolutePath();
            named.add(path);
            if (!Files.isRegularFile(path)) {
                throw new Malformed("no such file", expected);
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new Malformed("a file of more than " + (MAX_BYTES >> 20) + " MiB", expected);
                }
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        } catch (InvalidPathException e) {
            throw new Malformed("not a path", expected);
        } catch (IOException e) {
            throw new Malformed("unreadable file", expected);
        }
    }
}

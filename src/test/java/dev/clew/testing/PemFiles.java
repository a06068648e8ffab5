package dev.clew.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * Makes a self-signed certificate for {@code localhost} and {@code 127.0.0.1} with its key, as PEM files, with the
 * JDK's own keytool, for each run.
 */
public record PemFiles(Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    /**
     * Makes the files.
     *
     * @param name the prefix of the files' names, and the certificate's common name
     */
    public static PemFiles create(Path folder, String name) throws IOException {
        Path store = folder.resolve(name + ".p12");
        Keytool.makeStore(store, PASSWORD, name, name, "-ext", "SAN=dns:localhost,ip:127.0.0.1");
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return new PemFiles(
                    write(
                            folder.resolve(name + ".crt"),
                            "CERTIFICATE",
                            keys.getCertificate(name).getEncoded()),
                    write(
                            folder.resolve(name + ".key"),
                            "PRIVATE KEY",
                            keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static Path write(Path file, String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}

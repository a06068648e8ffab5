package dev.clew.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A self-signed certificate and its key in PEM, made by the JDK's own keytool for each run. */
public record TestCertificate(Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    /** @param dnsName the certificate's host name; also the files' name */
    public static TestCertificate create(Path folder, String dnsName) throws IOException {
        return create(folder, dnsName, dnsName);
    }

    /**
     * As {@link #create(Path, String)}, under another name.
     *
     * @param fileName the file name without its extension
     */
    public static TestCertificate create(Path folder, String dnsName, String fileName) throws IOException {
        return create(folder, dnsName, fileName, List.of("-validity", "3650"));
    }

    /** Creates an expired certificate. */
    public static TestCertificate createExpired(Path folder, String dnsName) throws IOException {
        return create(folder, dnsName, dnsName, List.of("-startdate", "-10d", "-validity", "1"));
    }

    private static TestCertificate create(Path folder, String dnsName, String fileName, List<String> validity)
            throws IOException {
        Files.createDirectories(folder);
        Path store = folder.resolve(fileName + ".p12");
        Files.deleteIfExists(store);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> identity = List.of("-alias", "x", "-dname", "CN=" + dnsName, "-ext", "san=dns:" + dnsName);
        List<String> kind = List.of("-keyalg", "EC", "-groupname", "secp256r1");
        List<String> place = List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
        List<String> command = new java.util.ArrayList<>(List.of(keytool, "-genkeypair"));
        command.addAll(identity);
        command.addAll(kind);
        command.addAll(validity);
        command.addAll(place);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool made no key store");
            }
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            Path certificate = folder.resolve(fileName + ".crt");
            Path key = folder.resolve(fileName + ".key");
            write(certificate, "CERTIFICATE", keys.getCertificate("x").getEncoded());
            write(key, "PRIVATE KEY", keys.getKey("x", PASSWORD.toCharArray()).getEncoded());
            return new TestCertificate(certificate, key);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Reads the certificate from its PEM file. */
    public X509Certificate read() {
        try (InputStream in = Files.newInputStream(certificate)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }
}

package dev.clew.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the JDK's keytool to make key pairs with certificates, for each run of the tests. */
final class Keytool {

    private static final int PATIENCE_SECONDS = 60;

    private Keytool() {}

    /**
     * Makes a PKCS #12 store of a key pair, on the curve P-256, with a self-signed certificate.
     *
     * @param alias the pair's alias
     * @param commonName the certificate's common name
     * @param further further arguments, such as extensions
     */
    static void makeStore(Path store, String password, String alias, String commonName, String... further)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", password));
        command.addAll(List.of("-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-dname", "CN=" + commonName, "-validity", "3650"));
        command.addAll(List.of(further));
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool made no key store");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}

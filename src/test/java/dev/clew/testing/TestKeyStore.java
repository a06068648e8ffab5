package dev.clew.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A self-signed certificate for the gateway's TLS listener, made by the JDK's own keytool for this run. */
public final class TestKeyStore {

    public static final String PASSWORD = "changeit";

    private TestKeyStore() {}

    public static Path create(Path folder) throws IOException {
        Path store = folder.resolve("listener.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "clew",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=stream.test",
                        "-validity",
                        "3650"))
                .inheritIO()
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool made no key store");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return store;
    }
}

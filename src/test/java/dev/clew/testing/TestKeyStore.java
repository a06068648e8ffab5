package dev.clew.testing;

import java.io.IOException;
import java.nio.file.Path;

/** A self-signed certificate for the gateway's TLS listener, made by the JDK's own keytool for each run. */
public final class TestKeyStore {

    public static final String PASSWORD = "changeit";

    private TestKeyStore() {}

    public static Path create(Path folder) throws IOException {
        Path store = folder.resolve("listener.p12");
        Keytool.makeStore(store, PASSWORD, "clew", "stream.test");
        return store;
    }
}

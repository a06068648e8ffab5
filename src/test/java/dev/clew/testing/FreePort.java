package dev.clew.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A free port, for servers that must know their port before they listen. */
public final class FreePort {

    /**
     * Below the systems' ephemeral ports (from 32768 on Linux), as an outgoing connection could take one of those
     * meanwhile.
     */
    private static final int FIRST = 20_000;

    private static final int BEYOND_LAST = 32_000;
    private static final int TRIES = 100;

    private FreePort() {}

    /** Of all addresses together: a port free at one address may be taken at another. */
    public static int any() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND_LAST);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new AssertionError("no free port in " + TRIES + " tries");
    }
}

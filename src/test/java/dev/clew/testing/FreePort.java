package dev.clew.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port that nobody has, for those that have to be told one before they listen. */
public final class FreePort {

    /**
     * Below those that systems give to outgoing connections (from 32768 on Linux), one of which would else take it
     * meanwhile.
     */
    private static final int FIRST = 20_000;

    private static final int BEYOND_LAST = 32_000;
    private static final int TRIES = 100;

    private FreePort() {}

    /** Of all addresses at once: what one of them has free, another may not. */
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

package dev.clew.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free ports, for servers that must know their port before they listen. */
public final class FreePort {

    /**
     * The lowest port. The range is below the systems' ephemeral ports (from 32768 on Linux): an outgoing connection
     * could take one of those meanwhile.
     */
    private static final int FIRST = 20_000;

    private static final int BEYOND_LAST = 32_000;
    private static final int TRIES = 100;

    private FreePort() {}

    /** Returns a port that is free at all addresses: it may be free at one and taken at another. */
    public static int any() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND_LAST);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The port is taken; try another.
            }
        }
        throw new AssertionError("no free port in " + TRIES + " tries");
    }
}

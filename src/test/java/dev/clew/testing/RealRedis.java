package dev.clew.testing;

import java.util.OptionalInt;

/**
 * A Redis server that whoever runs the tests has started, as {@code .ci/run} does; without one, tests make do with the
 * stand-in.
 */
public final class RealRedis {

    private static final String VARIABLE = "CLEW_TEST_REDIS_PORT";

    private RealRedis() {}

    /** Where it listens on the loopback interface. */
    public static OptionalInt port() {
        String port = System.getenv(VARIABLE);
        return port == null || port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    }
}

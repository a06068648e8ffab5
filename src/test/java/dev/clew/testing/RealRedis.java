package dev.clew.testing;

import java.util.OptionalInt;

/** A Redis server started by {@code .ci/run} or by hand; without one, tests use the stand-in. */
public final class RealRedis {

    private static final String VARIABLE = "CLEW_TEST_REDIS_PORT";

    private RealRedis() {}

    /** Returns its port on the loopback interface. */
    public static OptionalInt port() {
        String port = System.getenv(VARIABLE);
        return port == null || port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    }
}

package dev.clew.gateway;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the process begins. */
@QuarkusMain
public final class Main {

    /**
     * Quarkus answers a target that {@code java.net.URI} refuses by itself, without a trace ID. The gateway reads targets on its
     * own and refuses what is malformed, with one. A native executable has this fixed at build time.
     */
    private static final String QUARKUS_READS_TARGETS = "vertx.disableURIValidation";

    Main() {}

    public static void main(String... arguments) {
        System.setProperty(QUARKUS_READS_TARGETS, "true");
        Quarkus.run(arguments);
    }
}

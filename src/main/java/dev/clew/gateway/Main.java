package dev.clew.gateway;

import dev.clew.cli.Clew;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process's entry point. */
@QuarkusMain
public final class Main {

    /**
     * Disables Quarkus's check of request targets by {@code java.net.URI}, whose response has no trace ID. The gateway
     * parses targets and rejects malformed ones with a trace ID. Fixed at build time in a native executable.
     */
    private static final String QUARKUS_READS_TARGETS = "vertx.disableURIValidation";

    /**
     * One event loop per processor; Quarkus's default of two per processor costs a fifth more CPU time per request
     * (measured, bench/).
     */
    private static final String EVENT_LOOPS = "quarkus.vertx.event-loops-pool-size";

    private static final String EVENT_LOOPS_VARIABLE = "QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE";

    /**
     * Half of the heap's maximum. Netty's default, all of it, would exceed the memory that the manifests allow
     * (docs/limits.md).
     */
    private static final String DIRECT_MEMORY = "io.netty.maxDirectMemory";

    Main() {}

    public static void main(String... arguments) {
        // Before Quarkus reads a setting or opens a port. Without arguments, nothing of the command line is loaded.
        if (arguments.length > 0 && Clew.isMeant(arguments)) {
            System.exit(Clew.run(arguments));
        }
        System.setProperty(QUARKUS_READS_TARGETS, "true");
        if (System.getProperty(EVENT_LOOPS) == null && System.getenv(EVENT_LOOPS_VARIABLE) == null) {
            int processors = Runtime.getRuntime().availableProcessors();
            System.setProperty(EVENT_LOOPS, Integer.toString(Math.max(2, processors)));
        }
        if (System.getProperty(DIRECT_MEMORY) == null) {
            System.setProperty(DIRECT_MEMORY, Long.toString(Runtime.getRuntime().maxMemory() / 2));
        }
        CertificateFolder.apply();
        Quarkus.run(null, FailedStart::exit, arguments);
    }
}

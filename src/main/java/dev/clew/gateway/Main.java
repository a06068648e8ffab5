package dev.clew.gateway;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the process begins. */
@QuarkusMain
public final class Main {

    /**
     * Quarkus answers a target that {@code java.net.URI} refuses by itself, without a trace ID. The gateway reads
     * targets on its own and refuses what is malformed, with one. A native executable has this fixed at build time.
     */
    private static final String QUARKUS_READS_TARGETS = "vertx.disableURIValidation";

    /**
     * Quarkus would run twice as many as there are processors: measured, a fifth more CPU time per request (bench/).
     */
    private static final String EVENT_LOOPS = "quarkus.vertx.event-loops-pool-size";

    private static final String EVENT_LOOPS_VARIABLE = "QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE";

    /**
     * Netty would take as much memory beside the heap as the heap may have; with the rest of the process, that does not
     * fit into what the manifests allow (docs/limits.md).
     */
    private static final String DIRECT_MEMORY = "io.netty.maxDirectMemory";

    Main() {}

    public static void main(String... arguments) {
        System.setProperty(QUARKUS_READS_TARGETS, "true");
        if (System.getProperty(EVENT_LOOPS) == null && System.getenv(EVENT_LOOPS_VARIABLE) == null) {
            int processors = Runtime.getRuntime().availableProcessors();
            System.setProperty(EVENT_LOOPS, Integer.toString(Math.max(2, processors)));
        }
        if (System.getProperty(DIRECT_MEMORY) == null) {
            System.setProperty(DIRECT_MEMORY, Long.toString(Runtime.getRuntime().maxMemory() / 2));
        }
        CertificateFolder.apply();
        Quarkus.run(arguments);
    }
}

package dev.clew.contract.streaming;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.world.Metrics;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Test;

/** The packaged application has a heap of 256 MiB here (pom.xml). */
@QuarkusIntegrationTest
class StreamingIT extends StreamingContract {

    private static final long HEAP = 256L << 20;

    @Override
    long large() {
        return 1L << 30;
    }

    @Test
    void gatewayHasTheSmallHeapThatThisIsAbout() {
        double most = new Metrics(world.managementPort()).sum("jvm_memory_max_bytes", "area=\"heap\"");
        assertTrue(most <= HEAP, () -> "heap of " + most + " bytes; -Xmx256m did not reach the gateway");
    }
}

package dev.clew.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.AfterEach;

/** The packaged application has a heap of 256 MiB here (pom.xml). */
@QuarkusIntegrationTest
class StreamingIT extends StreamingContract {

    @Override
    long large() {
        return 1L << 30;
    }

    @AfterEach
    void noEventLoopWasBlocked() {
        world.assertNoEventLoopBlocked();
    }
}

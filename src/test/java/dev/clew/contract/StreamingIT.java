package dev.clew.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged application has a heap of 256 MiB here (pom.xml). */
@QuarkusIntegrationTest
@ExtendWith(NeverBlocked.class)
class StreamingIT extends StreamingContract {

    @Override
    long large() {
        return 1L << 30;
    }
}

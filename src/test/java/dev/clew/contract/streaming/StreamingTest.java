package dev.clew.contract.streaming;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class StreamingTest extends StreamingContract {

    @Override
    long large() {
        return 64L << 20;
    }
}

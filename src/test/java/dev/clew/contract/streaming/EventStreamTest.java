package dev.clew.contract.streaming;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class EventStreamTest extends EventStreamContract {}

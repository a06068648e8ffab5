package dev.clew.contract.streaming;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class EndingTest extends EndingContract {}

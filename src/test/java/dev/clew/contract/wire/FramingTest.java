package dev.clew.contract.wire;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class FramingTest extends FramingContract {}

package dev.clew.contract.wire;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class Http2Test extends Http2Contract {}

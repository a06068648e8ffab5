package dev.clew.contract.streaming;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class Http2BodiesTest extends Http2BodiesContract {}

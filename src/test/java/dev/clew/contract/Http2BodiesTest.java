package dev.clew.contract;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class Http2BodiesTest extends Http2BodiesContract {}

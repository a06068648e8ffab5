package dev.clew.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class Http2BodiesIT extends Http2BodiesContract {}

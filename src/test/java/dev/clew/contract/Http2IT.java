package dev.clew.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class Http2IT extends Http2Contract {}

package dev.clew.contract.tracing;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class TrustIT extends TrustContract {}

package dev.clew.contract.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HeaderIT extends HeaderContract {}

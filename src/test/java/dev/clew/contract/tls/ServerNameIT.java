package dev.clew.contract.tls;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ServerNameIT extends ServerNameContract {}

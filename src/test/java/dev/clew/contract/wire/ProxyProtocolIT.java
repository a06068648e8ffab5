package dev.clew.contract.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ProxyProtocolIT extends ProxyProtocolContract {}

package dev.clew.contract;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ProxyProtocolTest extends ProxyProtocolContract {}

package dev.clew.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CircuitIT extends CircuitContract {}

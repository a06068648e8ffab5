package dev.clew.contract.limit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SharedRateIT extends SharedRateContract {}

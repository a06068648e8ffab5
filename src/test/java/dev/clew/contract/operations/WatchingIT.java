package dev.clew.contract.operations;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class WatchingIT extends WatchingContract {}

package dev.clew.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class WatchingIT extends WatchingContract {}

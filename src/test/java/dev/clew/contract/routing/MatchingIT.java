package dev.clew.contract.routing;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class MatchingIT extends MatchingContract {}

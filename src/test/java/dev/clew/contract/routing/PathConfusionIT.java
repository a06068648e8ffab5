package dev.clew.contract.routing;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PathConfusionIT extends PathConfusionContract {}

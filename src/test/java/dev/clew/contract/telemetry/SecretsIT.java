package dev.clew.contract.telemetry;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SecretsIT extends SecretsContract {}

package dev.clew.contract.telemetry;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class SecretsTest extends SecretsContract {}

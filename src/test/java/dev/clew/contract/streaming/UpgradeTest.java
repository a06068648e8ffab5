package dev.clew.contract.streaming;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class UpgradeTest extends UpgradeContract {}

package dev.clew.contract.wire;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class SmugglingTest extends SmugglingContract {}

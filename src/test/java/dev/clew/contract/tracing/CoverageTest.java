package dev.clew.contract.tracing;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class CoverageTest extends CoverageContract {}

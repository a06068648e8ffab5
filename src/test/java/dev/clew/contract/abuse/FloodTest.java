package dev.clew.contract.abuse;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class FloodTest extends FloodContract {}

package dev.clew.contract.upstream;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class BalancingTest extends BalancingContract {}

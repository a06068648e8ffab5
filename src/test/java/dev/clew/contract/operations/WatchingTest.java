package dev.clew.contract.operations;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class WatchingTest extends WatchingContract {}

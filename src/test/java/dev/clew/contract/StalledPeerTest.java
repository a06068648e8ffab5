package dev.clew.contract;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class StalledPeerTest extends StalledPeerContract {}

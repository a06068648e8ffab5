package dev.clew.contract.tls;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class CoalescingTest extends CoalescingContract {}

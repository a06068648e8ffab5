package dev.clew.contract.tls;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CoalescingIT extends CoalescingContract {}

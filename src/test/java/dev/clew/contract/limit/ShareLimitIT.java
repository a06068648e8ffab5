package dev.clew.contract.limit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ShareLimitIT extends ShareLimitContract {}

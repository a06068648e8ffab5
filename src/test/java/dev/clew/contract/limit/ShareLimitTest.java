package dev.clew.contract.limit;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ShareLimitTest extends ShareLimitContract {}

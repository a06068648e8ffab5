package dev.clew.contract;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class RequestLimitTest extends RequestLimitContract {}

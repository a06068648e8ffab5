package dev.clew.contract.upstream;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RetryIT extends RetryContract {}

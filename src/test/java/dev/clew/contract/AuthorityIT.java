package dev.clew.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AuthorityIT extends AuthorityContract {}

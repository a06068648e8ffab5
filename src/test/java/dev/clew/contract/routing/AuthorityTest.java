package dev.clew.contract.routing;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AuthorityTest extends AuthorityContract {}

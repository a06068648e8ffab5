package dev.clew.contract.access;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AuthenticationTest extends AuthenticationContract {}

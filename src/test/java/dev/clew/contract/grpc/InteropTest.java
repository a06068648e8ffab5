package dev.clew.contract.grpc;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class InteropTest extends InteropContract {}

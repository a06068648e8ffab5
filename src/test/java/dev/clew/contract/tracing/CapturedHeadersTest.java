package dev.clew.contract.tracing;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class CapturedHeadersTest extends CapturedHeadersContract {}

package dev.clew.contract.upstream;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class UpstreamAnswerTest extends UpstreamAnswerContract {}

package dev.clew.contract.limit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RateFieldsIT extends RateFieldsContract {}

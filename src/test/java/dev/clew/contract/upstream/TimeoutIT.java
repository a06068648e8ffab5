package dev.clew.contract.upstream;

import dev.clew.contract.world.NeverBlocked;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusIntegrationTest
@ExtendWith(NeverBlocked.class)
class TimeoutIT extends TimeoutContract {}

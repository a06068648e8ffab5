package dev.clew.contract.streaming;

import dev.clew.contract.world.NeverBlocked;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusIntegrationTest
@ExtendWith(NeverBlocked.class)
class Http2BodiesIT extends Http2BodiesContract {}

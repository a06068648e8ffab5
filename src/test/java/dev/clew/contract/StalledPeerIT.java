package dev.clew.contract;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusIntegrationTest
@ExtendWith(NeverBlocked.class)
class StalledPeerIT extends StalledPeerContract {}

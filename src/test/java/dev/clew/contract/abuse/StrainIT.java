package dev.clew.contract.abuse;

import dev.clew.contract.world.NeverBlocked;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusIntegrationTest
@ExtendWith(NeverBlocked.class)
class StrainIT extends StrainContract {}

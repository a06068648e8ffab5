package dev.clew.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireLimitsTest {

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }

    @Test
    void limitsTheNumberOfFieldsByDefault() {
        assertEquals(100, WireLimits.of(config(Map.of())).fields());
        assertEquals(
                7, WireLimits.of(config(Map.of("clew.max-header-fields", "7"))).fields());
    }

    @ParameterizedTest
    @CsvSource({"clew.max-header-fields, 0", "clew.max-header-fields, -1", "clew.head-timeout, 0s"})
    void rejectsLimitsBelowOne(String key, String value) {
        IllegalArgumentException rejected =
                assertThrows(IllegalArgumentException.class, () -> WireLimits.of(config(Map.of(key, value))));
        assertEquals(key, rejected.getMessage().substring(0, key.length()));
    }
}

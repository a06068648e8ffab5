package dev.clew.config.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Shape;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {

    @Test
    void knowsOfEachKeyWhetherItNeedsARestart() {
        Set<String> keys = Arrays.stream(GatewayFile.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Setting.class))
                .map(Shape::key)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(Set.of("destinations", "tenant-defaults"));
        known.addAll(GatewaySettings.STANDARD.fixed().keySet());
        assertEquals(keys, known);
    }
}

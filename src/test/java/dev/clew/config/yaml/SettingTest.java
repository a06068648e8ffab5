package dev.clew.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.TenantFiles;
import dev.clew.config.gateway.GatewayFile;
import dev.clew.config.gateway.GatewayReader;
import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.tenant.TenantFile;
import dev.clew.config.tenant.UpstreamSection;
import dev.clew.tenant.Tenant;
import io.smallrye.config.ConfigValue;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the defaults that {@link Setting} documents with the effective ones. */
class SettingTest {

    private static final String TENANT =
            """
            hosts: [a.test]
            routes: [{name: all, match: {path: /**}, upstream: a}]
            upstreams: {a: {endpoints: ["http://a"] %s}}
            """;

    @Test
    void namesTheTrueDefaultsOfATenant() {
        String withDefaults = TENANT.formatted(", " + String.join(", ", defaults(UpstreamSection.class)))
                + String.join("\n", defaults(TenantFile.class));
        Tenant expected = tenant(TENANT.formatted(""));
        Tenant actual = tenant(withDefaults);

        assertTrue(withDefaults.contains("suspended: false"), withDefaults);
        assertEquals(expected.suspended(), actual.suspended());
        assertEquals(expected.tracing(), actual.tracing());
        assertEquals(expected.limits(), actual.limits());
        assertEquals(expected.upstreams(), actual.upstreams());
    }

    @Test
    void namesTheTrueDefaultsOfTheGateway() {
        String withDefaults = String.join("\n", defaults(GatewayFile.class));

        assertTrue(withDefaults.contains("via: clew"), withDefaults);
        assertEquals(
                GatewaySettings.STANDARD,
                new GatewayReader(GatewaySettings.STANDARD, Path.of(""), Map.<String, String>of()::get)
                        .read("gateway.yaml", withDefaults.getBytes(StandardCharsets.UTF_8), new ArrayList<>())
                        .orElseThrow());
    }

    private static Tenant tenant(String file) {
        assertEquals(List.of(), TenantFiles.problems(file));
        return TenantFiles.read(file).orElseThrow().entry().tenant();
    }

    /** The lines that set each key of a group to its documented default. */
    private static List<String> defaults(Class<?> group) {
        return Arrays.stream(group.getMethods())
                .filter(method -> method.isAnnotationPresent(Setting.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> Shape.key(method) + ": " + standard(method))
                .filter(line -> !line.endsWith(": "))
                .collect(Collectors.toList());
    }

    private static String standard(Method method) {
        if (method.getReturnType() == ConfigValue.class || method.getGenericReturnType() instanceof ParameterizedType) {
            return method.getAnnotation(Setting.class).standard();
        }
        List<String> nested = defaults(method.getReturnType());
        return nested.isEmpty() ? "" : "{" + String.join(", ", nested) + "}";
    }
}

package dev.clew.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.TenantFiles;
import dev.clew.config.gateway.DestinationSection;
import dev.clew.config.gateway.GatewayFile;
import dev.clew.config.gateway.GatewayReader;
import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.tenant.TenantFile;
import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes both ends of each range that {@link Setting} declares: the settings' records must accept them. */
class SettingRangeTest {

    private static final Map<String, String> BESIDE = Map.of(
            "health-check", "path: /, ",
            "split", "upstream: a, ",
            "mirror", "upstream: b, ");

    @Test
    void takesBothEndsOfEachRangeInATenantsFile() {
        Map<String, Setting> counts = counts(TenantFile.class);
        assertTrue(counts.size() > 20, counts::toString);
        counts.forEach((key, setting) -> {
            for (int end : List.of(setting.from(), setting.to())) {
                assertEquals(List.of(), TenantFiles.problems(tenant(key, end)), key);
            }
        });
    }

    @Test
    void takesBothEndsOfEachRangeInTheGatewaysFile() {
        Map<String, Setting> counts = counts(GatewayFile.class);
        assertTrue(counts.size() > 10, counts::toString);
        counts.forEach((key, setting) -> {
            for (int end : List.of(setting.from(), setting.to())) {
                List<String> problems = new ArrayList<>();
                new GatewayReader(GatewaySettings.STANDARD, Path.of(""), Map.<String, String>of()::get)
                        .read("gateway.yaml", written(key, end).getBytes(StandardCharsets.UTF_8), new ArrayList<>())
                        .ifPresentOrElse(read -> {}, () -> problems.add(key + ": " + end));
                assertEquals(List.of(), problems);
            }
        });
    }

    /** Returns a tenant with one upstream and one route, where the key has this value. */
    private static String tenant(String key, int value) {
        String upstream = "endpoints: [http://a]";
        String route = "name: r, match: {path: /}, ";
        String root = "";
        if (key.startsWith("upstreams.*.")) {
            upstream += ", " + written(key.substring("upstreams.*.".length()), value);
        } else if (!key.startsWith("routes[].")) {
            root = written(key, value) + '\n';
        }
        String ofRoute = key.startsWith("routes[].") ? written(key.substring("routes[].".length()), value) : "";
        boolean forwards = !ofRoute.startsWith("split") && !ofRoute.startsWith("re");
        route += forwards ? "upstream: a" + (ofRoute.isEmpty() ? "" : ", " + ofRoute) : ofRoute;
        return "hosts: [a.test]\n" + root + "upstreams: {a: {" + upstream + "}, b: {endpoints: [http://b]}}\nroutes: [{"
                + route + "}]\n";
    }

    /** Returns the key {@code a.b[].c} as {@code a: {b: [{c: 1}]}}. */
    private static String written(String key, int value) {
        int dot = key.indexOf('.');
        String name = dot < 0 ? key : key.substring(0, dot);
        String inner = dot < 0
                ? Integer.toString(value)
                : '{' + BESIDE.getOrDefault(name.replace("[]", ""), "") + written(key.substring(dot + 1), value) + '}';
        return name.endsWith("[]")
                ? name.substring(0, name.length() - 2) + ": [" + inner
                        + (name.startsWith("split") ? ", {upstream: b}" : "") + ']'
                : name + ": " + inner;
    }

    private static Map<String, Setting> counts(Class<?> file) {
        Map<String, Setting> counts = new LinkedHashMap<>();
        collect(file, "", counts);
        return counts;
    }

    private static void collect(Class<?> section, String prefix, Map<String, Setting> counts) {
        for (Method method : section.getMethods()) {
            Setting setting = method.getAnnotation(Setting.class);
            if (setting != null) {
                collect(method.getGenericReturnType(), prefix + Shape.key(method), setting, counts);
            }
        }
    }

    private static void collect(Type type, String key, Setting setting, Map<String, Setting> counts) {
        if (type instanceof ParameterizedType several) {
            Type[] arguments = several.getActualTypeArguments();
            collect(arguments[arguments.length - 1], key + (arguments.length == 1 ? "[]" : ".*"), setting, counts);
        } else if (type != ConfigValue.class && type != Item.class) {
            // Another reader reads destinations, less strictly.
            if (type != DestinationSection.class) {
                collect((Class<?>) type, key + '.', counts);
            }
        } else if (setting.value() == Kind.COUNT) {
            counts.put(key, setting);
        }
    }
}

package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.queue.ExportCounts;
import dev.clew.export.settings.DestinationReading;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.SettingProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The telemetry variables, each with every kind of bad value. */
class BadSettingsTest {

    private static final String SECRET = "s3cr3t";
    private static final String HUGE = "x".repeat(100_000);
    private static final List<String> NUMBERS = List.of(
            "x", "-1", "1.5", "0x10", "1e3", "99999999999999999999", "5s", "NaN", "1,2", "\u0000", "${NAME}", HUGE);
    private static final List<String> WORDS = List.of("x", "-1", "0", "1", "\u0000", "http/json2", "${NAME}", HUGE);
    private static final List<String> LISTS =
            List.of(SECRET, "=" + SECRET, "k=%" + SECRET, "k=%zz", "k=%ff", "a=b," + SECRET, "k=%4", "a=b,%=c", HUGE);
    private static final List<String> URLS = List.of(
            "://",
            "http://",
            "http://:4318",
            "ftp://h",
            "http://h:0",
            "http://h:-1",
            "http://h:65536",
            "http://h:99999999999999999999",
            "http://h:x",
            "http://a b",
            "http://u:" + SECRET + "@h",
            "unix:///" + SECRET,
            "http://[::1",
            "/" + SECRET,
            "http:/" + SECRET,
            "${NAME}",
            "\u0000",
            "http://h:4318:4318",
            "http://h%zz",
            "http://h%20x",
            HUGE + "://h");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeGarbage() throws IOException {
        Files.writeString(folder.resolve("empty"), "");
        Files.writeString(folder.resolve("garbage"), SECRET);
        Files.writeString(
                folder.resolve("pem"), "-----BEGIN CERTIFICATE-----\n" + SECRET + "\n-----END CERTIFICATE-----\n");
        Files.writeString(folder.resolve("key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        Files.write(folder.resolve("huge"), new byte[5 << 20]);
    }

    private static List<String> files() {
        List<String> files =
                new ArrayList<>(List.of("/no/such/" + SECRET, "/", "\u0000", "-----BEGIN " + SECRET, HUGE));
        for (String name : List.of("empty", "garbage", "pem", "key", "huge")) {
            files.add(folder.resolve(name).toString());
        }
        return files;
    }

    private static List<String> and(List<String> values, String... more) {
        return Stream.concat(values.stream(), Stream.of(more)).toList();
    }

    static Stream<Arguments> everyVariableWithEveryBadValue() {
        Map<String, List<String>> bad = new LinkedHashMap<>();
        for (String scope : List.of("OTEL_EXPORTER_OTLP_", "OTEL_EXPORTER_OTLP_TRACES_")) {
            bad.put(scope + "ENDPOINT", URLS);
            bad.put(scope + "PROTOCOL", and(WORDS, "http/json", "HTTP/JSON", "http"));
            bad.put(scope + "HEADERS", and(LISTS, "k k=v", "k=ü", "k=a%0Ab", "k=a%0D%0Ab", "\u0000=a"));
            bad.put(scope + "INSECURE", WORDS);
            bad.put(scope + "TIMEOUT", NUMBERS);
            bad.put(scope + "COMPRESSION", and(WORDS, "zstd"));
            bad.put(scope + "CERTIFICATE", files());
            bad.put(scope + "CLIENT_CERTIFICATE", files());
            bad.put(scope + "CLIENT_KEY", files());
        }
        bad.put("OTEL_SDK_DISABLED", WORDS);
        bad.put("OTEL_TRACES_EXPORTER", and(WORDS, "zipkin", "console", "otlp,zipkin"));
        bad.put("OTEL_TRACES_SAMPLER", and(WORDS, "jaeger_remote"));
        bad.put("OTEL_PROPAGATORS", WORDS);
        bad.put("OTEL_TRACES_SAMPLER_ARG", List.of("x", "-1", "1.5", "NaN", "Infinity"));
        bad.put("OTEL_RESOURCE_ATTRIBUTES", LISTS);
        bad.put(
                "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS",
                List.of(",", "GET POST", "GET,P\u00dcT", "${NAME}", "A1", "\u0000", HUGE, "A,".repeat(20) + letters()));
        bad.put("OTEL_BSP_MAX_QUEUE_SIZE", and(NUMBERS, "0", "2147483647"));
        bad.put("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", and(NUMBERS, "0", "40000"));
        bad.put("OTEL_BSP_SCHEDULE_DELAY", NUMBERS);
        bad.put("OTEL_BSP_EXPORT_TIMEOUT", NUMBERS);
        for (String limit : List.of(
                "SPAN_ATTRIBUTE_COUNT",
                "ATTRIBUTE_COUNT",
                "SPAN_ATTRIBUTE_VALUE_LENGTH",
                "ATTRIBUTE_VALUE_LENGTH",
                "SPAN_EVENT_COUNT",
                "SPAN_LINK_COUNT",
                "EVENT_ATTRIBUTE_COUNT",
                "LINK_ATTRIBUTE_COUNT")) {
            bad.put("OTEL_" + limit + "_LIMIT", NUMBERS);
        }
        List<Arguments> cases = new ArrayList<>();
        bad.forEach((name, values) -> values.forEach(value -> cases.add(Arguments.of(name, value))));
        return cases.stream();
    }

    /** Returns more names than allowed. */
    private static String letters() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 65; i++) {
            names.append((char) ('A' + i % 26)).append((char) ('A' + i / 26)).append(',');
        }
        return names.toString();
    }

    /** Returns the settings that a variable needs to take effect. */
    private static Map<String, String> around(String name, String protocol) {
        Map<String, String> variables = new HashMap<>();
        if (!name.endsWith("_PROTOCOL")) {
            variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
        }
        if (name.equals("OTEL_TRACES_SAMPLER_ARG")) {
            variables.put("OTEL_TRACES_SAMPLER", "traceidratio");
        }
        return variables;
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("everyVariableWithEveryBadValue")
    void countsAsUnsetAndIsNamedOnce(String name, String value) {
        for (String protocol : List.of("grpc", "http/protobuf")) {
            Map<String, String> variables = around(name, protocol);
            OtelSettings unset = OtelSettings.read(variables::get, "1.2.3");
            variables.put(name, value);
            OtelSettings settings = OtelSettings.read(variables::get, "1.2.3");

            assertEquals(destinations(unset), destinations(settings));
            assertEquals(
                    unset.export().wanted().size(), settings.export().wanted().size());
            assertEquals(unset.sampler(), settings.sampler());
            assertEquals(unset.propagators(), settings.propagators());
            assertEquals(unset.sdk(), settings.sdk());
            assertEquals(
                    List.of(name),
                    settings.problems().stream().map(SettingProblem::name).toList());
            SettingProblem problem = settings.problems().get(0);
            assertFalse(problem.message().contains(SECRET), problem::toString);
            assertFalse(problem.message().contains("ignored"), problem::toString);
            assertTrue(problem.message().contains("; "), "the message names the setting in force: " + problem);
            assertEquals(
                    problem.message().indexOf("expected"),
                    problem.message().lastIndexOf("expected"),
                    problem::toString);
            assertTrue(problem.message().length() < 300, problem::toString);
            assertTrue(problem.message().chars().noneMatch(Character::isISOControl), problem::toString);
        }
    }

    private static List<DestinationSettings> destinations(OtelSettings settings) {
        return settings.export().destinations().stream()
                .map(DestinationReading::settings)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_BSP_MAX_QUEUE_SIZE,1",
        "OTEL_BSP_MAX_QUEUE_SIZE,1048576",
        "OTEL_BSP_SCHEDULE_DELAY,0",
        "OTEL_BSP_SCHEDULE_DELAY,2147483647",
        "OTEL_BSP_EXPORT_TIMEOUT,0",
        "OTEL_BSP_EXPORT_TIMEOUT,2147483647",
        "OTEL_EXPORTER_OTLP_TIMEOUT,0",
        "OTEL_EXPORTER_OTLP_TIMEOUT,2147483647",
        "OTEL_ATTRIBUTE_COUNT_LIMIT,0",
        "OTEL_EXPORTER_OTLP_COMPRESSION,GZIP",
        "OTEL_EXPORTER_OTLP_PROTOCOL,GRPC",
        "OTEL_TRACES_EXPORTER,OTLP",
        "OTEL_SDK_DISABLED,False"
    })
    void extremesThatAreAllowedExport(String name, String value) {
        Map<String, String> variables = Map.of(name, value, "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
        OtelSettings settings = OtelSettings.read(variables::get, "1.2.3");
        assertEquals(List.of(), settings.problems());
        Exports exports = new Exports(settings);
        exports.sink().offer(Spans.of("acme", 1));
        exports.close(Duration.ZERO);
        ExportCounts counts = exports.destinations().get(0).counts();
        assertEquals(1, counts.offered());
        assertEquals(1, counts.exported() + counts.dropped());
        assertEquals(List.of(), exports.problems());
    }

    @Test
    void takesAllThatIsWrongAtOnce() {
        Map<String, String> variables = new HashMap<>();
        everyVariableWithEveryBadValue().forEach(bad -> variables.put((String) bad.get()[0], (String) bad.get()[1]));
        variables.remove("OTEL_TRACES_SAMPLER_ARG");
        OtelSettings settings = OtelSettings.read(variables::get, "1.2.3");
        assertEquals(
                variables.keySet().stream().sorted().toList(),
                settings.problems().stream().map(SettingProblem::name).sorted().toList());
    }
}

package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.trace.context.Propagator;
import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.Sampler;
import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OtelSettingsTest {

    private static OtelSettings read(String... settings) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            variables.put(settings[i], settings[i + 1]);
        }
        return OtelSettings.read(variables::get, "1.2.3");
    }

    private static String resource(OtelSettings settings, String key) {
        return String.valueOf(settings.origin().resource().getAttribute(AttributeKey.stringKey(key)));
    }

    @Test
    void hasTheDefaultsOfTheSpecification() {
        OtelSettings settings = read();
        assertTrue(settings.export());
        assertEquals(OtlpSettings.Protocol.HTTP_PROTOBUF, settings.otlp().protocol());
        assertEquals("http://localhost:4318/v1/traces", settings.otlp().endpoint());
        assertEquals(Duration.ofSeconds(10), settings.otlp().timeout());
        assertFalse(settings.otlp().gzip());
        assertEquals(QueueSettings.DEFAULT, settings.queue());
        assertEquals(Sampler.DEFAULT, settings.sampler());
        assertEquals(AttributeLimits.DEFAULT, settings.origin().limits());
        assertEquals("clew", resource(settings, "service.name"));
        assertEquals("1.2.3", resource(settings, "service.version"));
        assertEquals("opentelemetry", resource(settings, "telemetry.sdk.name"));
        assertEquals(List.of(), settings.problems());
    }

    @ParameterizedTest
    @CsvSource({
        "http/protobuf,ENDPOINT,http://c:4318,http://c:4318/v1/traces",
        "http/protobuf,ENDPOINT,http://c:4318/,http://c:4318/v1/traces",
        "http/protobuf,ENDPOINT,HTTPS://c/otlp,https://c/otlp/v1/traces",
        "http/protobuf,ENDPOINT,http://my_collector:4318,http://my_collector:4318/v1/traces",
        "http/protobuf,ENDPOINT,http://[::1]:4318,http://[::1]:4318/v1/traces",
        "http/protobuf,TRACES_ENDPOINT,http://c:4318/mine,http://c:4318/mine",
        "http/protobuf,TRACES_ENDPOINT,http://c:4318,http://c:4318/",
        "http/protobuf,TRACES_ENDPOINT,http://c/a?b=c,http://c/a?b=c",
        "grpc,ENDPOINT,http://c:4317,http://c:4317",
        "grpc,TRACES_ENDPOINT,https://c:4317/ignored,https://c:4317",
        "grpc,ENDPOINT,c:4317,https://c:4317",
        "grpc,OTHER,,http://localhost:4317",
    })
    void readsTheEndpoint(String protocol, String name, String value, String endpoint) {
        OtelSettings settings =
                read("OTEL_EXPORTER_OTLP_PROTOCOL", protocol, "OTEL_EXPORTER_OTLP_" + name, value == null ? "" : value);
        assertEquals(endpoint, settings.otlp().endpoint());
        assertEquals(List.of(), settings.problems());
    }

    @Test
    void usesPlainTextForABareGrpcAddressOnlyWhenToldSo() {
        OtelSettings settings = read(
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "c:4317",
                "OTEL_EXPORTER_OTLP_INSECURE", "TRUE");
        assertEquals("http://c:4317", settings.otlp().endpoint());
    }

    @Test
    void prefersWhatIsSetForTracesUnlessItIsEmptyOrMalformed() {
        String traces = "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT";
        String all = "OTEL_EXPORTER_OTLP_TIMEOUT";
        assertEquals(Duration.ofMillis(1), read(traces, "1", all, "2").otlp().timeout());
        assertEquals(Duration.ofMillis(2), read(traces, " ", all, "2").otlp().timeout());
        OtelSettings malformed = read(traces, "1s", all, "2");
        assertEquals(Duration.ofMillis(2), malformed.otlp().timeout());
        assertEquals(traces, malformed.problems().get(0).name());
    }

    @Test
    void decodesHeaders() {
        OtelSettings settings =
                read("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Basic%20YTpi, x-tenant = a+b%3D%2C ,,k=v=w");
        assertEquals(
                Map.of("authorization", "Basic YTpi", "x-tenant", "a+b=,", "k", "v=w"),
                settings.otlp().headers());
        assertFalse(settings.toString().contains("YTpi"));
    }

    @Test
    void namesTheServiceByTheMostSpecificSetting() {
        String attributes = "OTEL_RESOURCE_ATTRIBUTES";
        OtelSettings settings = read(attributes, "service.name=edge,deployment.environment.name=t%C3%A4st");
        assertEquals("edge", resource(settings, "service.name"));
        assertEquals("täst", resource(settings, "deployment.environment.name"));
        assertEquals("gw", resource(read(attributes, "service.name=edge", "OTEL_SERVICE_NAME", "gw"), "service.name"));
    }

    @Test
    void readsTheSampler() {
        OtelSettings settings = read("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", "0.25");
        assertEquals(new Sampler.TraceIdRatio(0.25), settings.sampler());
        assertEquals(List.of(), settings.problems());
    }

    @Test
    void readsThePropagators() {
        OtelSettings settings = read("OTEL_PROPAGATORS", "b3,tracecontext");
        assertEquals(new Propagators(List.of(Propagator.B3, Propagator.TRACECONTEXT)), settings.propagators());
        assertEquals(List.of(), settings.problems());
        assertEquals(Propagators.DEFAULT, read().propagators());
    }

    @Test
    void readsQueueAndLimits() {
        OtelSettings settings = read(
                "OTEL_BSP_MAX_QUEUE_SIZE", "100",
                "OTEL_BSP_EXPORT_TIMEOUT", "0",
                "OTEL_BSP_SCHEDULE_DELAY", "0",
                "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "5",
                "OTEL_ATTRIBUTE_COUNT_LIMIT", "6",
                "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "7");
        assertEquals(100, settings.queue().maxSpans());
        assertEquals(100, settings.queue().batch(), "never more than the queue holds");
        assertEquals(Duration.ofMillis(Integer.MAX_VALUE), settings.queue().exportTimeout(), "0 is no limit");
        assertEquals(Duration.ofMillis(10), settings.queue().delay());
        assertEquals(new AttributeLimits(5, 7), settings.origin().limits());
        assertEquals(List.of(), settings.problems());
    }

    @Test
    void switchesExportOff() {
        assertFalse(read("OTEL_SDK_DISABLED", "true").export());
        assertFalse(read("OTEL_TRACES_EXPORTER", "none").export());
        assertTrue(read("OTEL_SDK_DISABLED", "yes").export(), "only true is true");
        assertTrue(read("OTEL_TRACES_EXPORTER", "otlp").export());
    }

    @Test
    void readsCertificatesFromFiles(@TempDir Path folder) throws IOException {
        Path key = Files.writeString(folder.resolve("key.pem"), "key");
        OtelSettings settings = read(
                "OTEL_EXPORTER_OTLP_CLIENT_KEY", key.toString(),
                "OTEL_EXPORTER_OTLP_CERTIFICATE", key.toString());
        assertEquals(OtlpSettings.Tls.PLATFORM, settings.otlp().tls(), "a key without its certificate is no use");
        assertEquals(
                List.of("OTEL_EXPORTER_OTLP_CERTIFICATE", "OTEL_EXPORTER_OTLP_CLIENT_KEY"),
                settings.problems().stream().map(SettingProblem::name).toList());
    }

    static Stream<Arguments> everyVariableWithEveryBadValue() {
        String secret = "s3cr3t";
        List<String> numbers = List.of("x", "-1", "1.5", "99999999999999999999", "5s", "NaN", "\u0000");
        List<String> urls = List.of(
                "x",
                "://",
                "http://",
                "http://:4318",
                "ftp://h",
                "http://h:0",
                "http://h:65536",
                "http://h:x",
                "http://a b",
                "http://u:" + secret + "@h",
                "unix:///" + secret,
                "http://[::1",
                "/" + secret);
        List<String> files = List.of("/no/such/" + secret, "/", "\u0000", "-----BEGIN " + secret, "x".repeat(100_000));
        List<String> lists = List.of(secret, "=" + secret, "k=%" + secret, "k=%zz", "k=%ff", "a=b," + secret, "k=%4");
        List<String> words = List.of("x", "-1", "0", "\u0000", "http/json2", "x".repeat(100_000));
        Map<String, List<String>> bad = new HashMap<>();
        for (String scope : List.of("OTEL_EXPORTER_OTLP_", "OTEL_EXPORTER_OTLP_TRACES_")) {
            bad.put(scope + "ENDPOINT", urls);
            bad.put(scope + "PROTOCOL", words);
            bad.put(
                    scope + "HEADERS",
                    Stream.concat(lists.stream(), Stream.of("k k=v", "k=ü", "k=a%0Ab"))
                            .toList());
            bad.put(scope + "TIMEOUT", numbers);
            bad.put(scope + "COMPRESSION", words);
            bad.put(scope + "CERTIFICATE", files);
            bad.put(scope + "CLIENT_CERTIFICATE", files);
            bad.put(scope + "CLIENT_KEY", files);
        }
        bad.put("OTEL_SDK_DISABLED", words);
        bad.put("OTEL_TRACES_EXPORTER", words);
        bad.put("OTEL_TRACES_SAMPLER", words);
        bad.put("OTEL_PROPAGATORS", words);
        bad.put("OTEL_TRACES_SAMPLER_ARG", List.of("x", "-1", "1.5", "NaN", "Infinity"));
        bad.put("OTEL_RESOURCE_ATTRIBUTES", lists);
        bad.put(
                "OTEL_BSP_MAX_QUEUE_SIZE",
                Stream.concat(numbers.stream(), Stream.of("0", "2147483647")).toList());
        bad.put(
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
                Stream.concat(numbers.stream(), Stream.of("0", "4096")).toList());
        bad.put("OTEL_BSP_SCHEDULE_DELAY", numbers);
        bad.put("OTEL_BSP_EXPORT_TIMEOUT", numbers);
        for (String limit : List.of("COUNT", "VALUE_LENGTH")) {
            bad.put("OTEL_SPAN_ATTRIBUTE_" + limit + "_LIMIT", numbers);
            bad.put("OTEL_ATTRIBUTE_" + limit + "_LIMIT", numbers);
        }
        List<Arguments> cases = new ArrayList<>();
        bad.forEach((name, values) -> values.forEach(value -> cases.add(Arguments.of(name, value))));
        return cases.stream();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("everyVariableWithEveryBadValue")
    void ignoresABadValueAndSaysWhichSettingItWas(String name, String value) {
        for (String protocol : List.of("grpc", "http/protobuf")) {
            Map<String, String> variables = new HashMap<>();
            variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
            variables.put("OTEL_TRACES_SAMPLER", "traceidratio");
            variables.put(name, value);
            OtelSettings settings = OtelSettings.read(variables::get, "1.2.3");
            boolean bareGrpcHost = protocol.equals("grpc") && name.endsWith("_ENDPOINT") && value.equals("x");
            if (!bareGrpcHost && !name.equals("OTEL_EXPORTER_OTLP_PROTOCOL")) {
                assertEquals(1, settings.problems().size(), settings.problems()::toString);
            }
            for (SettingProblem problem : settings.problems()) {
                assertEquals(name, problem.name());
                assertFalse(problem.message().contains("s3cr3t"), problem::toString);
                assertTrue(problem.message().length() < 300, problem::toString);
                assertTrue(problem.message().chars().noneMatch(Character::isISOControl), problem::toString);
            }
            Exports exports = new Exports(settings);
            assertTrue(exports.enabled() || name.startsWith("OTEL_TRACES_EXPORTER"));
            assertEquals(settings.problems(), exports.problems());
            exports.sink().offer(Spans.of("acme", 1));
            exports.close(Duration.ZERO);
            assertArrayEquals(new long[] {1, 0}, new long[] {exports.started(), queued(exports)});
        }
    }

    private static long queued(Exports exports) {
        return exports.destinations().get(0).counts().queuedSpans();
    }
}

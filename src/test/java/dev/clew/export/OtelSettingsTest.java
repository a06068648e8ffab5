package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.queue.AttributeLimits;
import dev.clew.export.queue.FinishedSpan;
import dev.clew.export.queue.SpanAttributes;
import dev.clew.export.queue.SpanIds;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.queue.SpanTemplate;
import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.OtlpSettings;
import dev.clew.export.settings.QueueSettings;
import dev.clew.export.settings.SettingProblem;
import dev.clew.export.settings.Signal;
import dev.clew.testing.PemFiles;
import dev.clew.trace.context.Propagator;
import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.Sampler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtelSettingsTest {

    private static OtelSettings read(String... settings) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            variables.put(settings[i], settings[i + 1]);
        }
        return OtelSettings.read(variables::get, "1.2.3");
    }

    private static OtlpSettings otlp(OtelSettings settings) {
        return Objects.requireNonNull(
                settings.export().destinations().get(0).settings().otlp());
    }

    private static QueueSettings queue(OtelSettings settings) {
        return settings.export().destinations().get(0).settings().queue();
    }

    private static String resource(OtelSettings settings, String key) {
        return String.valueOf(settings.sdk().resource().get(AttributeKey.stringKey(key)));
    }

    /** Returns the limits of an SDK with these settings. */
    private static AttributeLimits limits(OtelSettings settings) {
        return AttributeLimits.of(
                SdkSettingsTest.sdk(settings).getSdkTracerProvider().getSpanLimits());
    }

    @Test
    void hasTheDefaultsOfTheSpecification() {
        OtelSettings settings = read();
        assertTrue(settings.export().wanted().size() == 1);
        assertEquals(OtlpSettings.Protocol.HTTP_PROTOBUF, otlp(settings).protocol());
        assertEquals("http://localhost:4318/v1/traces", otlp(settings).endpoint());
        assertEquals(Duration.ofSeconds(10), otlp(settings).timeout());
        assertFalse(otlp(settings).gzip());
        assertEquals(QueueSettings.DEFAULT, queue(settings));
        assertEquals(Sampler.DEFAULT, settings.sampler());
        assertEquals(AttributeLimits.DEFAULT, limits(settings));
        assertEquals("clew", resource(settings, "service.name"));
        assertEquals("1.2.3", resource(settings, "service.version"));
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
        assertEquals(endpoint, otlp(settings).endpoint());
        assertEquals(List.of(), settings.problems());
    }

    @Test
    void usesPlainTextForABareGrpcAddressOnlyWhenToldSo() {
        OtelSettings settings = read(
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "c:4317",
                "OTEL_EXPORTER_OTLP_INSECURE", "TRUE");
        assertEquals("http://c:4317", otlp(settings).endpoint());
    }

    @Test
    void prefersWhatIsSetForTracesUnlessItIsEmptyOrMalformed() {
        String traces = "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT";
        String all = "OTEL_EXPORTER_OTLP_TIMEOUT";
        assertEquals(Duration.ofMillis(1), otlp(read(traces, "1", all, "2")).timeout());
        assertEquals(Duration.ofMillis(2), otlp(read(traces, " ", all, "2")).timeout());
        OtelSettings malformed = read(traces, "1s", all, "2");
        assertEquals(Duration.ofMillis(2), otlp(malformed).timeout());
        assertEquals(traces, malformed.problems().get(0).name());
    }

    @Test
    void decodesHeaders() {
        OtelSettings settings =
                read("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Basic%20YTpi, x-tenant = a+b%3D%2C ,,k=v=w");
        assertEquals(
                Map.of("authorization", "Basic YTpi", "x-tenant", "a+b=,", "k", "v=w"),
                otlp(settings).headers());
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

    /** The queue counts at least 256 bytes for each span. */
    @Test
    void letsTheBytesDecideWhereTheNumberOfSpansIsNotSaid() {
        assertEquals(8 << 20, queue(read()).maxBytes());
        assertEquals((8 << 20) / 256, queue(read()).maxItems());
        OtelSettings said = read("OTEL_BSP_MAX_QUEUE_SIZE", "10000");
        assertEquals(10_000, queue(said).maxItems());
        assertEquals(4096 * 10_000, queue(said).maxBytes());
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
        assertEquals(100, queue(settings).maxItems());
        assertEquals(100, queue(settings).batch(), "never more than the queue holds");
        assertEquals(Duration.ofMillis(Integer.MAX_VALUE), queue(settings).exportTimeout(), "0 is no limit");
        assertEquals(Duration.ofMillis(10), queue(settings).delay());
        assertEquals(new AttributeLimits(5, 7, 128), limits(settings));
        assertEquals(List.of(), settings.problems());
    }

    @Test
    void switchesExportOff() {
        assertTrue(read("OTEL_SDK_DISABLED", "true").export().wanted().isEmpty());
        assertTrue(read("OTEL_TRACES_EXPORTER", "none").export().wanted().isEmpty());
        assertFalse(read("OTEL_SDK_DISABLED", "yes").export().wanted().isEmpty(), "only true is true");
        assertFalse(read("OTEL_TRACES_EXPORTER", "otlp").export().wanted().isEmpty());
    }

    @Test
    void namesTheSettingThatLacksItsOtherHalf(@TempDir Path folder) throws IOException {
        PemFiles pem = PemFiles.create(folder, "client");
        OtelSettings alone =
                read("OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", pem.key().toString());
        assertEquals(OtlpSettings.Tls.PLATFORM, otlp(alone).tls(), "a key without a certificate is ignored");
        assertEquals(
                List.of("OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY"),
                alone.problems().stream().map(SettingProblem::name).toList());
        OtelSettings both = read(
                "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", pem.key().toString(),
                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", pem.certificate().toString());
        assertEquals(List.of(), both.problems());
        assertNotNull(otlp(both).tls().clientKey());
        OtelSettings halfUnreadable = read(
                "OTEL_EXPORTER_OTLP_CLIENT_KEY", pem.key().toString(),
                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
                        folder.resolve("missing").toString());
        assertEquals(
                List.of("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"),
                halfUnreadable.problems().stream().map(SettingProblem::name).toList());
    }

    @Test
    void decodesResourceAttributesOrDiscardsThemAll() {
        String name = "OTEL_RESOURCE_ATTRIBUTES";
        assertEquals("a,b=c", resource(read(name, "x%2Cy=a%2Cb%3Dc"), "x,y"));
        for (String malformed : List.of("good=1,x=%zz", "good=1,x", "good=1,=x", "good=1,%zz=x", "good=1,x=%ff")) {
            OtelSettings settings = read(name, malformed);
            assertEquals("null", resource(settings, "good"), malformed);
            assertEquals(
                    List.of(name),
                    settings.problems().stream().map(SettingProblem::name).toList());
        }
    }

    @Test
    void saysThatAConfigurationFileOfTheSpecificationIsNotRead() {
        assertEquals(
                List.of("OTEL_CONFIG_FILE"),
                read("OTEL_CONFIG_FILE", "otel.yaml").problems().stream()
                        .map(SettingProblem::name)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "OTEL_EXPORTER_OTLP_ENDPOINT;ftp://h;http://localhost:4318/v1/traces is used",
                "OTEL_EXPORTER_OTLP_PROTOCOL;pigeon;http/protobuf is used",
                "OTEL_EXPORTER_OTLP_COMPRESSION;zip;none is used",
                "OTEL_EXPORTER_OTLP_TIMEOUT;soon;10s is used",
                "OTEL_EXPORTER_OTLP_HEADERS;=;no header of it is sent",
                "OTEL_EXPORTER_OTLP_CERTIFICATE;/no/such;the platform's authorities are trusted",
                "OTEL_EXPORTER_OTLP_CLIENT_KEY;/no/such;no client certificate is used",
                "OTEL_BSP_MAX_QUEUE_SIZE;x;the number is bounded by queue.bytes alone",
                "OTEL_BSP_SCHEDULE_DELAY;x;5s is used",
                "OTEL_BSP_EXPORT_TIMEOUT;x;30s is used",
                "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT;x;no limit is used",
                "OTEL_SDK_DISABLED;maybe;false is used",
                "OTEL_TRACES_EXPORTER;pigeon;otlp is used",
                "OTEL_TRACES_SAMPLER;coin;parentbased_always_on is used",
                "OTEL_RESOURCE_ATTRIBUTES;=;no attribute of it is used",
                "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS;A B;the standard methods are used",
                "OTEL_CONFIG_FILE;otel.yaml;the file is not read",
            })
    void saysWhatHoldsInPlaceOfWhatIsWrong(String name, String value, String instead) {
        List<SettingProblem> problems = read(name, value).problems();
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).message().endsWith(instead), problems::toString);
    }

    @Test
    void saysThatAnotherVariableHoldsWhereOneDoes() {
        OtelSettings settings = read("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "soon", "OTEL_EXPORTER_OTLP_TIMEOUT", "2000");
        assertTrue(settings.problems().get(0).message().endsWith("; OTEL_EXPORTER_OTLP_TIMEOUT is used"));
        assertEquals(Duration.ofSeconds(2), otlp(settings).timeout());
    }

    @Test
    void namesTheFirstPropagatorsThatAreNotSupported() {
        String list = "b3,jaeger,tracecontext,x\nray," + "o".repeat(100) + ",fourth";
        assertEquals(
                "\"jaeger\", \"x?ray\", \"" + "o".repeat(40) + "…\": a propagator that is not supported (expected:"
                        + " tracecontext, baggage, b3, b3multi or none); b3,tracecontext is used",
                read("OTEL_PROPAGATORS", list).problems().get(0).message());
        assertEquals(
                "none among others (expected: none alone); b3 is used",
                read("OTEL_PROPAGATORS", "none,b3").problems().get(0).message());
    }

    @Test
    void watchesTheFilesThatVariablesName(@TempDir Path folder) {
        Path missing = folder.resolve("ca.pem");
        OtelSettings settings = read("OTEL_EXPORTER_OTLP_CERTIFICATE", missing.toString());
        assertEquals(Set.of(missing), settings.export().files());
    }

    @Test
    void makesNoLinkWhereNoneIsAllowed() {
        OtelSettings settings = read("OTEL_SPAN_LINK_COUNT_LIMIT", "0");
        SpanOrigin origin =
                new SpanOrigin(Resource.getDefault(), InstrumentationScopeInfo.create("test"), limits(settings));
        SpanTemplate template = new SpanTemplate("GET", io.opentelemetry.api.trace.SpanKind.SERVER, "", origin);
        SpanIds ids = new SpanIds(Spans.TRACE_ID, "00000000000000aa", "", false, (byte) 1, "");
        FinishedSpan span = new FinishedSpan(
                template, ids, 1, 2, io.opentelemetry.sdk.trace.data.StatusData.unset(), SpanAttributes.EMPTY);
        assertEquals(List.of(), span.linkedTo(ids).getLinks());
        assertEquals(1, span.linkedTo(ids).getTotalRecordedLinks(), "one is dropped and counted");
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.otel.enabled,OTEL_SDK_DISABLED",
        "quarkus.otel.traces.exporter,OTEL_TRACES_EXPORTER",
        "quarkus.otel.logs.exporter,OTEL_LOGS_EXPORTER",
        "quarkus.otel.traces.sampler,OTEL_TRACES_SAMPLER",
        "quarkus.otel.propagators,OTEL_PROPAGATORS",
        "quarkus.otel.exporter.otlp.traces.trust-cert.certs,OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
        "quarkus.otel.instrument.vertx-http,an OTEL_* variable",
        "QUARKUS_OTEL_LOGS_LEVEL,an OTEL_* variable"
    })
    void saysWhatToSetInsteadOfQuarkusesNamesWithoutEffect(String name, String instead) {
        List<String> names = List.of("quarkus.http.port", "quarkus.otel.bsp.max.queue.size", name, name);
        OtelSettings settings = OtelSettings.read(variable -> null, "1.2.3", DestinationFile.NONE, names);
        assertEquals(
                List.of(new SettingProblem(name, "has no effect here (expected: " + instead + ")")),
                settings.problems());
    }

    @Test
    void takesQuarkusesNamesWhereTheStandardOnesAreUnset() {
        String quarkus = "quarkus.otel.exporter.otlp.timeout";
        String standard = "OTEL_EXPORTER_OTLP_TIMEOUT";
        assertEquals(Duration.ofSeconds(3), otlp(read(quarkus, "3s")).timeout());
        assertEquals(Duration.ofSeconds(3), otlp(read(quarkus, "3")).timeout(), "Quarkus counts in seconds");
        assertEquals(
                Duration.ofMillis(5), otlp(read(quarkus, "3s", standard, "5")).timeout());
        OtelSettings malformed = read(quarkus, "3s", standard, "soon");
        assertEquals(Duration.ofSeconds(3), otlp(malformed).timeout());
        assertEquals(standard, malformed.problems().get(0).name());
        assertEquals("edge", resource(read("quarkus.otel.service.name", "edge"), "service.name"));
        assertEquals(
                new Sampler.TraceIdRatio(0.5),
                read("quarkus.otel.traces.sampler", "traceidratio", "quarkus.otel.traces.sampler.arg", "0.5")
                        .sampler());
    }

    @Test
    void takesQuarkusesNamesForLogsToo() {
        OtelSettings settings = read(
                "OTEL_LOGS_EXPORTER", "otlp",
                "quarkus.otel.exporter.otlp.logs.endpoint", "http://logs:4318/mine",
                "quarkus.otel.blrp.schedule.delay", "3s");
        DestinationSettings logs = Objects.requireNonNull(
                        settings.export().others().get(Signal.LOGS))
                .settings();
        assertEquals(
                "http://logs:4318/mine", Objects.requireNonNull(logs.otlp()).endpoint());
        assertEquals(Duration.ofSeconds(3), logs.queue().delay());
    }

    @Test
    void namesAMalformedSettingAsItWasWritten() {
        OtelSettings settings = read("quarkus.otel.exporter.otlp.timeout", "soon");
        assertEquals(
                "quarkus.otel.exporter.otlp.timeout: \"soon\" (expected: a duration such as 500ms, 5s, 2m or 1h);"
                        + " 10s is used",
                settings.problems().get(0).toString());
        assertEquals(Duration.ofSeconds(10), otlp(settings).timeout());
    }
}

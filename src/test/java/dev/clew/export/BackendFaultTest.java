package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.report.TelemetryPage;
import dev.clew.testing.EndlessServer;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import dev.clew.testing.PemFiles;
import dev.clew.testing.SocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that each span is exported, dropped or queued under any fault of a backend, and that export resumes. */
@Tag("slow")
class BackendFaultTest {

    private static final int SPANS = 40;
    private static final byte[] SETTINGS_AND_GOAWAY = {
        0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
    };

    private static Exports exports(String endpoint, String protocol) {
        return exports(endpoint, protocol, 200);
    }

    private static Exports exports(String endpoint, String protocol, int timeoutMillis) {
        Map<String, String> variables = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                endpoint,
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                protocol,
                "OTEL_EXPORTER_OTLP_TIMEOUT",
                Integer.toString(timeoutMillis),
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
                "10",
                "OTEL_BSP_SCHEDULE_DELAY",
                "10");
        return new Exports(OtelSettings.read(variables::get, "1.2.3"));
    }

    private static void offer(Exports exports) {
        for (int n = 1; n <= SPANS; n++) {
            exports.sink().offer(Spans.of("acme", n));
            assertBalanced(exports.destinations().get(0));
        }
    }

    private static ExportCounts assertBalanced(Destination<?> destination) {
        ExportCounts counts = destination.counts();
        assertEquals(
                counts.offered(),
                counts.exported() + counts.dropped() + counts.queued().items(),
                counts::toString);
        return counts;
    }

    static Stream<Arguments> everyFault() {
        List<Arguments> faults = new ArrayList<>();
        for (Behaviour behaviour : Behaviour.values()) {
            faults.add(Arguments.of(behaviour, "grpc"));
            faults.add(Arguments.of(behaviour, "http/protobuf"));
        }
        return faults.stream();
    }

    @ParameterizedTest
    @MethodSource("everyFault")
    void countsToTheSpanAndResumes(Behaviour fault, String protocol) {
        try (OtlpServer backend = OtlpServer.start()) {
            backend.behave(fault);
            Exports exports = exports(backend.endpoint(), protocol);
            Destination<?> destination = exports.destinations().get(0);
            offer(exports);
            Counts.await(destination, counts -> counts.queued().items() == 0);
            assertBalanced(destination);

            backend.behave(Behaviour.ACCEPT);
            long before = destination.counts().exported();
            offer(exports);
            Counts.await(destination, counts -> counts.queued().items() == 0 && counts.exported() > before);
            exports.close(Duration.ofSeconds(5));
            assertEquals(2 * SPANS, assertBalanced(destination).offered());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void countsToTheSpanWhileABackendFlaps(String protocol) {
        try (OtlpServer backend = OtlpServer.start()) {
            Exports exports = exports(backend.endpoint(), protocol);
            Destination<?> destination = exports.destinations().get(0);
            for (int round = 0; round < 4; round++) {
                backend.refuse();
                offer(exports);
                Counts.await(destination, counts -> counts.queued().items() == 0);
                backend.listen();
                offer(exports);
                Counts.await(destination, counts -> counts.queued().items() == 0);
                assertBalanced(destination);
            }
            long exported = destination.counts().exported();
            assertTrue(exported > 0);
            assertEquals(exported, backend.spans().size());
            exports.close(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void countsWhatABackendRejectsOfABatchItTakes(String protocol) {
        try (OtlpServer backend = OtlpServer.start()) {
            backend.behave(Behaviour.PARTIAL);
            Exports exports = exports(backend.endpoint(), protocol);
            Destination<?> destination = exports.destinations().get(0);
            offer(exports);
            Counts.await(destination, counts -> counts.queued().items() == 0);
            ExportCounts counts = assertBalanced(destination);
            assertEquals(backend.requests(), counts.droppedByReason().get(DropReason.REJECTED), "no batch sent twice");
            assertEquals(backend.spans().size(), counts.exported());
            assertEquals(counts.offered(), counts.exported() + backend.requests());
            assertEquals(Destination.State.FAILING, destination.state());
            assertEquals("rejected in part (partial success)", Counts.lastError(destination));
            exports.close(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void asksABackendAgainThatSaysWhenItHasRoom(String protocol) {
        try (OtlpServer backend = OtlpServer.start()) {
            backend.behave(Behaviour.TRY_AGAIN);
            Map<String, String> variables = Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    backend.endpoint(),
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    protocol,
                    "OTEL_BSP_SCHEDULE_DELAY",
                    "10");
            Exports exports = new Exports(OtelSettings.read(variables::get, "1.2.3"));
            exports.sink().offer(Spans.of("acme", 1));
            backend.awaitRequests(1);
            backend.behave(Behaviour.ACCEPT);
            backend.awaitSpans(1);
            exports.close(Duration.ofSeconds(5));
            assertEquals(1, assertBalanced(exports.destinations().get(0)).exported());
        }
    }

    @Test
    void doesNotAskAGrpcBackendAgainThatDoesNotSayWhen() {
        try (OtlpServer backend = OtlpServer.start()) {
            backend.behave(Behaviour.TOO_MANY_REQUESTS);
            Exports exports = exports(backend.endpoint(), "grpc");
            exports.sink().offer(Spans.of("acme", 1));
            Counts.await(exports.destinations().get(0), counts -> counts.dropped() == 1);
            assertEquals(1, backend.requests());
            exports.close(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void readsLittleOfResponsesWithoutEnd(String protocol) {
        try (EndlessServer backend = EndlessServer.start()) {
            Exports exports = exports(backend.endpoint(), protocol);
            offer(exports);
            Counts.await(
                    exports.destinations().get(0), counts -> counts.queued().items() == 0);
            assertEquals(SPANS, assertBalanced(exports.destinations().get(0)).dropped());
            exports.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void survivesGrpcSpokenToAnHttpPort() throws IOException {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.start();
        assertDropsAll(
                "http://127.0.0.1:" + backend.getAddress().getPort(),
                "grpc",
                "no valid response in gRPC without TLS (is the port one for http/protobuf or for https://?)");
        backend.stop(0);
    }

    /**
     * A server that supports only HTTP/2 responds to any other protocol with its settings and a GOAWAY, and closes (RFC
     * 9113 section 3.4).
     */
    @Test
    void survivesHttpSpokenToAGrpcPort() throws IOException {
        try (SocketServer backend = SocketServer.start(peer -> respond(peer, SETTINGS_AND_GOAWAY))) {
            assertDropsAll(
                    "http://127.0.0.1:" + backend.port(),
                    "http/protobuf",
                    "no valid response in HTTP/1.1 without TLS (is the port one for grpc or for https://?)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void survivesTlsSpokenToAPortThatRespondsInPlainText(String protocol) {
        byte[] badRequest = "HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (SocketServer backend = SocketServer.start(peer -> respond(peer, badRequest))) {
            assertDropsAll(
                    "https://127.0.0.1:" + backend.port(),
                    protocol,
                    "the response is not TLS (is the port one for http:// rather than https://?)");
        }
    }

    private static void respond(Socket peer, byte[] bytes) throws IOException {
        peer.getInputStream().read();
        peer.getOutputStream().write(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void survivesTlsSpokenToAPlainPort(String protocol) {
        try (OtlpServer backend = OtlpServer.start()) {
            assertDropsAll(
                    backend.endpoint().replace("http:", "https:"),
                    protocol,
                    "timed out in the TLS handshake (is the port one for http:// rather than https://?)");
        }
    }

    @ParameterizedTest
    @CsvSource({"grpc,gRPC,http/protobuf", "http/protobuf,HTTP/1.1,grpc"})
    void survivesPlainTextSpokenToATlsPort(String protocol, String spoken, String other, @TempDir Path folder)
            throws IOException {
        PemFiles own = PemFiles.create(folder, "backend");
        try (OtlpServer backend = OtlpServer.start(own, List.of(own))) {
            assertDropsAll(
                    backend.endpoint().replace("https:", "http:"),
                    protocol,
                    "no valid response in " + spoken + " without TLS (is the port one for " + other
                            + " or for https://?)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void saysThatACertificateIsNotTrusted(String protocol, @TempDir Path folder) throws IOException {
        PemFiles own = PemFiles.create(folder, "backend");
        try (OtlpServer backend = OtlpServer.start(own, List.of(own))) {
            assertDropsAll(
                    backend.endpoint(),
                    protocol,
                    // The duration of handshakes is not under test.
                    30_000,
                    "the backend's certificate is not trusted (is the right certificate authority set?)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http/protobuf,404,is the path right? OTEL_EXPORTER_OTLP_ENDPOINT has /v1/traces appended",
        "http/protobuf,401,is the credential in the headers right?",
        "http/protobuf,403,is the credential in the headers right?",
        "http/protobuf,302,redirects are not followed",
    })
    void saysWhatMayBeWrongWhereTheResponseTells(String protocol, int status, String cure) throws IOException {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        backend.start();
        assertDropsAll(
                "http://127.0.0.1:" + backend.getAddress().getPort(), protocol, "HTTP status " + status + " (" + cure);
        backend.stop(0);
    }

    private static void assertDropsAll(String endpoint, String protocol, String cause) {
        assertDropsAll(endpoint, protocol, 200, cause);
    }

    private static void assertDropsAll(String endpoint, String protocol, int timeoutMillis, String cause) {
        Exports exports = exports(endpoint, protocol, timeoutMillis);
        Destination<?> destination = exports.destinations().get(0);
        offer(exports);
        Counts.await(destination, counts -> counts.queued().items() == 0);
        assertEquals(SPANS, assertBalanced(destination).dropped());
        assertEquals(Destination.State.FAILING, destination.state());
        assertTrue(Counts.lastError(destination).startsWith(cause), Counts.lastError(destination));
        exports.close(Duration.ofSeconds(5));
    }

    @Test
    void showsHowEachDestinationIsDoingAndNoSecret() throws IOException {
        try (OtlpServer backend = OtlpServer.start()) {
            backend.behave(Behaviour.PARTIAL);
            Map<String, String> variables = Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", backend.endpoint() + "/s3cr3t?s3cr3t",
                    "OTEL_EXPORTER_OTLP_HEADERS", "authorization=s3cr3t",
                    "OTEL_BSP_EXPORT_TIMEOUT", "never",
                    "OTEL_BSP_SCHEDULE_DELAY", "10");
            Exports exports = new Exports(OtelSettings.read(variables::get, "1.2.3"));
            exports.sink().offer(Spans.of("acme", 1));
            exports.sink().offer(Spans.of("acme", 2));
            Counts.await(
                    exports.destinations().get(0), counts -> counts.queued().items() == 0);
            String page = new TelemetryPage(exports, () -> 0).json();
            assertFalse(page.contains("s3cr3t"), page);
            for (String expected : List.of(
                    "\"name\" : \"default\"",
                    "\"address\" : \"" + backend.endpoint() + "\"",
                    "\"protocol\" : \"http/protobuf\"",
                    "\"state\" : \"failing\"",
                    "\"started\" : 2",
                    "\"rejected\" : ",
                    "\"capacity\" : 32768",
                    "\"error\" : \"rejected in part (partial success)\"",
                    "\"setting\" : \"OTEL_BSP_EXPORT_TIMEOUT\"")) {
                assertTrue(page.contains(expected), expected + " in " + page);
            }
            exports.close(Duration.ofSeconds(5));
            assertTrue(page.getBytes(StandardCharsets.UTF_8).length < 4096);
        }
    }
}

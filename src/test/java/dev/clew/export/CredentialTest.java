package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.QueueSettings;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials and certificates, and their replacement without a restart. */
@Tag("slow")
class CredentialTest {

    @TempDir
    private static Path keys;

    private static PemFiles own;
    private static PemFiles blue;
    private static PemFiles green;

    @TempDir
    Path root;

    private GatewayFolder folder;

    @BeforeAll
    static void makeKeys() throws IOException {
        own = PemFiles.create(keys, "backend");
        blue = PemFiles.create(keys, "blue");
        green = PemFiles.create(keys, "green");
    }

    @BeforeEach
    void begin() {
        folder = new GatewayFolder(root);
    }

    private void use(PemFiles client) throws IOException {
        copy(client.certificate(), "tls/client.crt");
        copy(client.key(), "tls/client.key");
        copy(own.certificate(), "tls/ca.crt");
    }

    private void copy(Path from, String to) throws IOException {
        Files.createDirectories(root.resolve(to).getParent());
        Files.copy(from, root.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void usesAClientCertificateThatWasRotated(String protocol) throws IOException {
        try (OtlpServer backend = OtlpServer.start(own, List.of(blue, green))) {
            use(blue);
            folder.write("destinations:\n"
                    + GatewayFolder.destination(
                            "a",
                            backend.endpoint(),
                            "protocol: " + protocol,
                            "certificate: tls/ca.crt",
                            "client-certificate: tls/client.crt",
                            "client-key: tls/client.key"));
            Exports exports = new Exports(folder.read());
            assertEquals(List.of(), exports.problems());
            exports.to(List.of("a")).offer(Spans.of("acme", 1));
            backend.awaitSpans(1);
            use(green);
            exports.apply(folder.export());
            exports.to(List.of("a")).offer(Spans.of("acme", 2));
            backend.awaitSpans(2);
            assertEquals(List.of("CN=blue", "CN=green"), backend.clients());

            Files.writeString(root.resolve("tls/client.key"), "half of a key");
            exports.apply(folder.export());
            exports.to(List.of("a")).offer(Spans.of("acme", 3));
            backend.awaitSpans(3);
            assertEquals(List.of("CN=blue", "CN=green", "CN=green"), backend.clients());
            assertEquals(1, exports.problems().size());
            assertTrue(
                    exports.problems().get(0).name().endsWith(": destinations.a.client-key"),
                    exports.problems()::toString);
            exports.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void sendsNothingToABackendItDoesNotTrust() throws IOException {
        try (OtlpServer backend = OtlpServer.start(own, List.of(blue))) {
            use(blue);
            copy(green.certificate(), "tls/ca.crt");
            folder.write("destinations:\n"
                    + GatewayFolder.destination(
                            "a",
                            backend.endpoint(),
                            "certificate: tls/ca.crt",
                            "client-certificate: tls/client.crt",
                            "client-key: tls/client.key"));
            Exports exports = new Exports(folder.read());
            exports.to(List.of("a")).offer(Spans.of("acme", 1));
            Destination<?> destination = exports.destinations().get(0);
            Counts.await(destination, counts -> counts.dropped() == 1);
            assertEquals(0, backend.requests());
            assertTrue(
                    Counts.lastError(destination).startsWith("the backend's certificate is not trusted"),
                    Counts.lastError(destination));
            exports.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void usesACredentialThatWasRotated() {
        try (OtlpServer backend = OtlpServer.start()) {
            folder.write("secret/headers", "Authorization=Bearer a=b%41\n\nx-scope = 1 \n");
            folder.write("destinations:\n"
                    + GatewayFolder.destination(
                            "a", backend.endpoint(), "headers-file: secret/headers", "headers: {X-Scope: \"2\"}"));
            Exports exports = new Exports(folder.read());
            assertEquals(List.of(), exports.problems());
            exports.to(List.of("a")).offer(Spans.of("acme", 1));
            assertEquals("Bearer a=b%41", backend.awaitSpans(1).get(0).headers().get("authorization"));
            assertEquals("2", backend.spans().get(0).headers().get("x-scope"));
            folder.write("secret/headers", "authorization=Bearer new\n");
            exports.apply(folder.export());
            exports.to(List.of("a")).offer(Spans.of("acme", 2));
            assertEquals("Bearer new", backend.awaitSpans(2).get(1).headers().get("authorization"));
            exports.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void addsToWhatTheVariablesSayOfTheDefault() {
        folder.set("OTEL_TRACES_EXPORTER", "")
                .set("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317/ignored")
                .set("OTEL_EXPORTER_OTLP_HEADERS", "a=1,b=1")
                .set("OTEL_EXPORTER_OTLP_TIMEOUT", "1234")
                .set("OTEL_BSP_MAX_QUEUE_SIZE", "100")
                .set("TOKEN", "s3cr3t")
                .write("destinations:\n  default: {protocol: grpc, headers: {B: \"${TOKEN}\"}, queue: {batch: 7}}\n");
        OtelSettings settings = folder.read();
        DestinationSettings made = settings.export().destinations().get(0).settings();
        assertEquals(List.of(), settings.problems());
        assertEquals("http://collector:4317", made.otlp().endpoint());
        assertEquals(java.util.Map.of("a", "1", "b", "s3cr3t"), made.otlp().headers());
        assertEquals(Duration.ofMillis(1234), made.otlp().timeout());
        assertEquals(100, made.queue().maxItems());
        assertEquals(7, made.queue().batch());
        assertFalse(settings.toString().contains("s3cr3t"));
    }

    @Test
    void furtherDestinationsBeginWithTheDefaultsOfTheSpecification() {
        folder.set("OTEL_EXPORTER_OTLP_HEADERS", "a=1")
                .set("OTEL_BSP_MAX_QUEUE_SIZE", "100")
                .set("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
                .write("destinations:\n  b: {endpoint: \"http://b:4318\"}\n  c: {endpoint: \"http://c/x\"}\n");
        OtelSettings settings = folder.read();
        DestinationSettings b = settings.export().destinations().get(1).settings();
        assertEquals("http://b:4318/v1/traces", b.otlp().endpoint());
        assertEquals(java.util.Map.of(), b.otlp().headers());
        assertEquals(QueueSettings.DEFAULT, b.queue());
        assertEquals(
                "http://c/x",
                settings.export().destinations().get(2).settings().otlp().endpoint());
        assertEquals(List.of(), settings.problems());
    }
}

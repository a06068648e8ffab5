package dev.clew.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A telemetry backend with adjustable behaviour: accepts OTLP over gRPC (HTTP/2 with prior knowledge) and HTTP on one
 * loopback port, decodes and stores it.
 */
public final class OtlpServer implements AutoCloseable {

    /** The response to a request. */
    public enum Behaviour {
        /** Stores the spans and reports success. */
        ACCEPT,
        /** Reads the request and never responds. */
        HANG,
        /** Closes the connection without a response. */
        CLOSE,
        /** Responds with 200 and bytes that are neither protobuf nor a gRPC frame, over gRPC without grpc-status. */
        GARBAGE,
        /** HTTP 400, gRPC INVALID_ARGUMENT: not to be retried. */
        BAD_REQUEST,
        /** HTTP 429, gRPC RESOURCE_EXHAUSTED. */
        TOO_MANY_REQUESTS,
        /** HTTP 503, gRPC UNAVAILABLE. */
        UNAVAILABLE,
        /** Resets the connection, over HTTP/2 the stream, without a response. */
        RESET,
        /** Responds with 200 and then one byte per second. */
        DRIP,
        /** Stores all spans but the first, and reports one rejected. */
        PARTIAL,
        /** HTTP 429 with Retry-After, gRPC RESOURCE_EXHAUSTED with RetryInfo, both with a delay of zero. */
        TRY_AGAIN
    }

    /**
     * A received span.
     *
     * @param headers the header fields of its request
     */
    public record Received(Span span, Resource resource, MultiMap headers) {

        /** Returns the value of a string attribute of the span, or null. */
        public @Nullable String attribute(String key) {
            return find(span.getAttributesList(), key);
        }

        /** Returns the value of a string attribute of the resource, or null. */
        public @Nullable String resourceAttribute(String key) {
            return find(resource.getAttributesList(), key);
        }

        private static @Nullable String find(List<KeyValue> attributes, String key) {
            for (KeyValue attribute : attributes) {
                if (attribute.getKey().equals(key)) {
                    return attribute.getValue().hasIntValue()
                            ? Long.toString(attribute.getValue().getIntValue())
                            : attribute.getValue().getStringValue();
                }
            }
            return null;
        }
    }

    /** A received log record. */
    public record ReceivedLog(LogRecord log, Resource resource, MultiMap headers) {

        /** Returns the value of an attribute of the record, or null. */
        public @Nullable String attribute(String key) {
            return Received.find(log.getAttributesList(), key);
        }
    }

    /** A received message of metrics. */
    public record ReceivedMetrics(List<Metric> metrics, Resource resource, MultiMap headers) {

        /** Returns the metric of this name; fails the test when there is none. */
        public Metric metric(String name) {
            return metrics.stream()
                    .filter(metric -> metric.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " in " + metrics));
        }
    }

    private static final Buffer PARTIAL_SUCCESS = Buffer.buffer(ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                    ExportTracePartialSuccess.newBuilder().setRejectedSpans(1).setErrorMessage("s3cr3t"))
            .build()
            .toByteArray());

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final HttpServerOptions options;
    private final List<String> clients = new ArrayList<>();
    private int connections;
    private final List<Received> received = new ArrayList<>();
    private final List<ReceivedLog> logs = new ArrayList<>();
    private final List<ReceivedMetrics> metrics = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private volatile Behaviour behaviour = Behaviour.ACCEPT;
    private @Nullable HttpServer server;
    private int port;
    private int requests;

    private OtlpServer(HttpServerOptions options) {
        this.options = options.setHost("127.0.0.1");
    }

    /** Starts a server that accepts, on a free port. */
    public static OtlpServer start() {
        return start(new HttpServerOptions());
    }

    /** Starts the same over TLS, for clients with one of these certificates. */
    public static OtlpServer start(PemFiles own, List<PemFiles> clients) {
        PemTrustOptions trusted = new PemTrustOptions();
        clients.forEach(client -> trusted.addCertPath(client.certificate().toString()));
        return start(new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(own.certificate().toString())
                        .setKeyPath(own.key().toString()))
                .setTrustOptions(trusted)
                .setClientAuth(ClientAuth.REQUIRED));
    }

    private static OtlpServer start(HttpServerOptions options) {
        OtlpServer server = new OtlpServer(options);
        server.listen();
        return server;
    }

    /** Returns scheme, host and port, for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    public String endpoint() {
        return (options.isSsl() ? "https" : "http") + "://127.0.0.1:" + port;
    }

    /** Returns the subjects of the client certificates so far. */
    public synchronized List<String> clients() {
        return List.copyOf(clients);
    }

    /** Counts the connections so far. */
    public synchronized int connections() {
        return connections;
    }

    /** Sets the response to later requests. */
    public void behave(Behaviour wanted) {
        behaviour = wanted;
    }

    /** Stops listening and closes all connections; new ones are refused until {@link #listen()}. */
    public void refuse() {
        HttpServer running = server;
        server = null;
        if (running != null) {
            join(running.close().toCompletionStage().toCompletableFuture());
        }
    }

    /** Listens, again on the same port after {@link #refuse()}. */
    public void listen() {
        HttpServer starting = vertx.createHttpServer(options)
                .connectionHandler(connection -> connected())
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body)));
        server = join(starting.listen(port).toCompletionStage().toCompletableFuture());
        port = starting.actualPort();
    }

    /** Returns the spans accepted so far. */
    public synchronized List<Received> spans() {
        return List.copyOf(received);
    }

    /** Counts the requests so far, with any response. */
    public synchronized int requests() {
        return requests;
    }

    /** Returns the first span that meets the condition; fails the test on timeout. */
    public synchronized Received awaitSpan(Predicate<Received> condition) {
        return await(() -> received.stream().filter(condition).findFirst().orElse(null), "span");
    }

    /** Waits for this number of accepted spans and returns them. */
    public synchronized List<Received> awaitSpans(int count) {
        return await(() -> received.size() >= count ? List.copyOf(received) : null, count + " spans");
    }

    /** Waits for this number of accepted log records and returns them. */
    public synchronized List<ReceivedLog> awaitLogs(int count) {
        return await(() -> logs.size() >= count ? List.copyOf(logs) : null, count + " log records");
    }

    /** Returns the first log record that meets the condition; fails the test on timeout. */
    public synchronized ReceivedLog awaitLog(Predicate<ReceivedLog> condition) {
        return await(() -> logs.stream().filter(condition).findFirst().orElse(null), "log record");
    }

    /** Returns the log records accepted so far. */
    public synchronized List<ReceivedLog> logs() {
        return List.copyOf(logs);
    }

    /** Waits for this number of accepted messages of metrics and returns them. */
    public synchronized List<ReceivedMetrics> awaitMetrics(int count) {
        return await(() -> metrics.size() >= count ? List.copyOf(metrics) : null, count + " messages of metrics");
    }

    /** Returns the paths of the requests so far. */
    public synchronized List<String> paths() {
        return List.copyOf(paths);
    }

    /** Waits for this number of requests, with any response. */
    public synchronized void awaitRequests(int count) {
        await(() -> requests >= count ? requests : null, count + " requests");
    }

    private interface Probe<T> {
        @Nullable T look();
    }

    private <T> T await(Probe<T> probe, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (T found = probe.look(); ; found = probe.look()) {
            long left = deadline - System.nanoTime();
            if (found != null) {
                return found;
            } else if (left <= 0) {
                throw new AssertionError(
                        "no " + what + " within " + PATIENCE + "; " + received.size() + " spans arrived");
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private synchronized void connected() {
        connections++;
    }

    private void take(HttpServerRequest request, Buffer body) {
        Behaviour now = behaviour;
        try {
            record(request, body, now);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not an OTLP request", e);
        } catch (IOException e) {
            request.response().setStatusCode(400).end();
            return;
        }
        switch (now) {
            case HANG -> {}
            case CLOSE -> request.connection().close();
            case GARBAGE -> request.response().end(Buffer.buffer(new byte[] {1, 2, 3, (byte) 0xff, 0x7f}));
            case ACCEPT -> respond(request, 200, 0);
            case BAD_REQUEST -> respond(request, 400, 3);
            case TOO_MANY_REQUESTS -> respond(request, 429, 8);
            case UNAVAILABLE -> respond(request, 503, 14);
            case RESET -> request.response().reset();
            case DRIP -> drip(request.response().setChunked(true));
            case PARTIAL -> respond(request, PARTIAL_SUCCESS);
            case TRY_AGAIN -> {
                request.response().putHeader("retry-after", "0");
                request.response().putHeader("grpc-status-details-bin", RetryInfo.base64(0, 1_000_000));
                respond(request, 429, 8);
            }
        }
    }

    private void drip(HttpServerResponse response) {
        response.write("\0");
        long timer = vertx.setPeriodic(1000, tick -> {
            if (!response.closed()) {
                response.write("\0");
            }
        });
        response.closeHandler(closed -> vertx.cancelTimer(timer));
    }

    private synchronized void record(HttpServerRequest request, Buffer body, Behaviour now) throws IOException {
        requests++;
        paths.add(request.path());
        if (request.isSSL()) {
            clients.add(request.sslSession().getPeerPrincipal().getName());
        }
        notifyAll();
        if (now != Behaviour.ACCEPT && now != Behaviour.PARTIAL) {
            return;
        }
        byte[] message = message(request, body.getBytes());
        if (request.path().contains("logs")) {
            recordLogs(request, ExportLogsServiceRequest.parseFrom(message));
            return;
        } else if (request.path().contains("metrics")) {
            recordMetrics(request, ExportMetricsServiceRequest.parseFrom(message));
            return;
        }
        ExportTraceServiceRequest export = ExportTraceServiceRequest.parseFrom(message);
        List<Received> spans = new ArrayList<>();
        export.getResourceSpansList()
                .forEach(resource -> resource.getScopeSpansList().forEach(scope -> scope.getSpansList()
                        .forEach(span -> spans.add(new Received(span, resource.getResource(), request.headers())))));
        received.addAll(now == Behaviour.PARTIAL ? spans.subList(1, spans.size()) : spans);
    }

    private void recordLogs(HttpServerRequest request, ExportLogsServiceRequest export) {
        export.getResourceLogsList()
                .forEach(resource -> resource.getScopeLogsList().forEach(scope -> scope.getLogRecordsList()
                        .forEach(log -> logs.add(new ReceivedLog(log, resource.getResource(), request.headers())))));
    }

    private void recordMetrics(HttpServerRequest request, ExportMetricsServiceRequest export) {
        export.getResourceMetricsList().forEach(resource -> resource.getScopeMetricsList()
                .forEach(scope -> metrics.add(
                        new ReceivedMetrics(scope.getMetricsList(), resource.getResource(), request.headers()))));
    }

    private static byte[] message(HttpServerRequest request, byte[] body) throws IOException {
        if (isGrpc(request)) {
            // A gRPC message: compressed flag (1 byte), length (4 bytes), message.
            byte[] message = new byte[body.length - 5];
            System.arraycopy(body, 5, message, 0, message.length);
            return unzipped(message, body[0] == 1);
        }
        return unzipped(body, "gzip".equals(request.getHeader("content-encoding")));
    }

    private static byte[] unzipped(byte[] message, boolean gzip) throws IOException {
        if (!gzip) {
            return message;
        }
        try (GZIPInputStream raw = new GZIPInputStream(new ByteArrayInputStream(message))) {
            return raw.readAllBytes();
        }
    }

    private static void respond(HttpServerRequest request, int httpStatus, int grpcStatus) {
        if (!isGrpc(request)) {
            request.response().setStatusCode(httpStatus).end();
        } else if (grpcStatus == 0) {
            respond(request, Buffer.buffer());
        } else {
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putHeader("grpc-status", Integer.toString(grpcStatus))
                    .end();
        }
    }

    /** Responds with a message. */
    private static void respond(HttpServerRequest request, Buffer message) {
        if (isGrpc(request)) {
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putTrailer("grpc-status", "0")
                    .end(Buffer.buffer()
                            .appendByte((byte) 0)
                            .appendInt(message.length())
                            .appendBuffer(message));
        } else {
            request.response()
                    .putHeader("content-type", "application/x-protobuf")
                    .end(message);
        }
    }

    private static boolean isGrpc(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 && "application/grpc".equals(request.getHeader("content-type"));
    }

    private static <T> T join(java.util.concurrent.CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        join(vertx.close().toCompletionStage().toCompletableFuture());
    }
}

package dev.clew.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
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
 * A telemetry backend to be told how to behave: takes OTLP over gRPC (HTTP/2 with prior knowledge) and over HTTP on one
 * port of the loopback interface, decodes what arrives and keeps it.
 */
public final class OtlpServer implements AutoCloseable {

    /** How a request is answered. */
    public enum Behaviour {
        /** Keeps the spans and says so. */
        ACCEPT,
        /** Reads the request and never answers. */
        HANG,
        /** Closes the connection without an answer. */
        CLOSE,
        /** Answers 200 with bytes that are neither protobuf nor a gRPC frame, and, over gRPC, no grpc-status. */
        GARBAGE,
        /** HTTP 400, gRPC INVALID_ARGUMENT: not to be retried. */
        BAD_REQUEST,
        /** HTTP 429, gRPC RESOURCE_EXHAUSTED. */
        TOO_MANY_REQUESTS,
        /** HTTP 503, gRPC UNAVAILABLE. */
        UNAVAILABLE
    }

    /**
     * One span as it arrived.
     *
     * @param headers of the request that brought it
     */
    public record Received(Span span, Resource resource, MultiMap headers) {

        /** The value of a string attribute of the span, or null. */
        public @Nullable String attribute(String key) {
            return find(span.getAttributesList(), key);
        }

        /** The value of a string attribute of the resource, or null. */
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

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final List<Received> received = new ArrayList<>();
    private volatile Behaviour behaviour = Behaviour.ACCEPT;
    private @Nullable HttpServer server;
    private int port;
    private int requests;

    private OtlpServer() {}

    /** A server that accepts, on a free port. */
    public static OtlpServer start() {
        OtlpServer server = new OtlpServer();
        server.listen();
        return server;
    }

    /** Scheme, host and port, for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** How requests are answered from now on. */
    public void behave(Behaviour wanted) {
        behaviour = wanted;
    }

    /** Stops listening and cuts all connections: whoever connects is refused, until {@link #listen()}. */
    public void refuse() {
        HttpServer running = server;
        server = null;
        if (running != null) {
            join(running.close().toCompletionStage().toCompletableFuture());
        }
    }

    /** Listens, again on the same port after {@link #refuse()}. */
    public void listen() {
        HttpServer starting = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body)));
        server = join(starting.listen(port).toCompletionStage().toCompletableFuture());
        port = starting.actualPort();
    }

    /** Every span accepted so far. */
    public synchronized List<Received> spans() {
        return List.copyOf(received);
    }

    /** Requests that arrived so far, however they were answered. */
    public synchronized int requests() {
        return requests;
    }

    /** The first span that fulfils the condition; waits for it, and fails the test when it does not come. */
    public synchronized Received awaitSpan(Predicate<Received> condition) {
        return await(() -> received.stream().filter(condition).findFirst().orElse(null), "span");
    }

    /** Waits until so many spans were accepted. */
    public synchronized List<Received> awaitSpans(int count) {
        return await(() -> received.size() >= count ? List.copyOf(received) : null, count + " spans");
    }

    /** Waits until so many requests arrived, however they were answered. */
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

    private void take(HttpServerRequest request, Buffer body) {
        Behaviour now = behaviour;
        try {
            record(request, body, now);
        } catch (IOException e) {
            request.response().setStatusCode(400).end();
            return;
        }
        switch (now) {
            case HANG -> {}
            case CLOSE -> request.connection().close();
            case GARBAGE -> request.response().end(Buffer.buffer(new byte[] {1, 2, 3, (byte) 0xff, 0x7f}));
            case ACCEPT -> answer(request, 200, 0);
            case BAD_REQUEST -> answer(request, 400, 3);
            case TOO_MANY_REQUESTS -> answer(request, 429, 8);
            case UNAVAILABLE -> answer(request, 503, 14);
        }
    }

    private synchronized void record(HttpServerRequest request, Buffer body, Behaviour now) throws IOException {
        requests++;
        notifyAll();
        if (now != Behaviour.ACCEPT) {
            return;
        }
        ExportTraceServiceRequest export = decode(request, body.getBytes());
        export.getResourceSpansList()
                .forEach(resource -> resource.getScopeSpansList().forEach(scope -> scope.getSpansList()
                        .forEach(span -> received.add(new Received(span, resource.getResource(), request.headers())))));
    }

    private static ExportTraceServiceRequest decode(HttpServerRequest request, byte[] body) throws IOException {
        if (isGrpc(request)) {
            // A gRPC message: compressed flag (1 byte), length (4 bytes), message.
            byte[] message = new byte[body.length - 5];
            System.arraycopy(body, 5, message, 0, message.length);
            return parse(message, body[0] == 1);
        }
        return parse(body, "gzip".equals(request.getHeader("content-encoding")));
    }

    private static ExportTraceServiceRequest parse(byte[] message, boolean gzip) throws IOException {
        try (ByteArrayInputStream raw = new ByteArrayInputStream(message)) {
            return ExportTraceServiceRequest.parseFrom(gzip ? new GZIPInputStream(raw) : raw);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not an OTLP request", e);
        }
    }

    private static void answer(HttpServerRequest request, int httpStatus, int grpcStatus) {
        if (!isGrpc(request)) {
            request.response().setStatusCode(httpStatus).end();
        } else if (grpcStatus == 0) {
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putTrailer("grpc-status", "0")
                    .end(Buffer.buffer(new byte[5]));
        } else {
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putHeader("grpc-status", Integer.toString(grpcStatus))
                    .end();
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

package dev.clew.exchange;

import dev.clew.error.ErrorKind;
import dev.clew.error.GrpcStatus;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.trace.context.TraceResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The outcome of one attempt at one endpoint, of a request or its mirror; the source of the attempt's CLIENT span. */
public final class AttemptRecord {

    private final String spanId;
    private final Endpoint endpoint;
    private final long startNanos;
    private final boolean probe;
    private long endNanos;
    private long respondedNanos;
    private int status;
    private @Nullable TraceResponse traceResponse;
    private @Nullable ErrorKind error;
    private @Nullable GrpcStatus grpcStatus;
    private @Nullable SocketAddress peer;
    private @Nullable HttpVersion version;
    private long connectedNanos;
    private @Nullable NoRetry noRetry;

    /** @param probe whether the attempt probes an upstream whose circuit breaker is half-open */
    public AttemptRecord(String spanId, Endpoint endpoint, long startNanos, boolean probe) {
        this.spanId = spanId;
        this.endpoint = endpoint;
        this.startNanos = startNanos;
        this.probe = probe;
    }

    public String spanId() {
        return spanId;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Returns the start, in {@link System#nanoTime} time. */
    public long startNanos() {
        return startNanos;
    }

    /** Returns whether the attempt probed an upstream whose circuit breaker was half-open. */
    public boolean isProbe() {
        return probe;
    }

    /** Returns the end, in {@link System#nanoTime} time; 0 while the attempt is in progress. */
    public long endNanos() {
        return endNanos;
    }

    /**
     * Returns when the response head was received, or when the attempt ended without one, in {@link System#nanoTime}
     * time.
     */
    public long respondedNanos() {
        return status == 0 ? endNanos : respondedNanos;
    }

    /** Returns the upstream's status code; 0 if there was no response. */
    public int status() {
        return status;
    }

    /** Returns how the response relates to the trace context sent; null if there was no response. */
    public @Nullable TraceResponse traceResponse() {
        return traceResponse;
    }

    public @Nullable ErrorKind error() {
        return error;
    }

    /** Returns the upstream's gRPC status; null if the request is no gRPC call or the upstream sent none. */
    public @Nullable GrpcStatus grpcStatus() {
        return grpcStatus;
    }

    /** Returns the upstream connection's other end; null if no connection was established. */
    public @Nullable SocketAddress peer() {
        return peer;
    }

    /** Returns the HTTP version of the upstream connection; null if none was established. */
    public @Nullable HttpVersion version() {
        return version;
    }

    /** @param reused whether the connection has carried a response before */
    public void connected(@Nullable SocketAddress to, HttpVersion spoken, boolean reused) {
        peer = to;
        version = spoken;
        connectedNanos = reused ? 0 : System.nanoTime();
    }

    /** Returns when a new connection was established, in {@link System#nanoTime} time; 0 for a reused one, or none. */
    public long connectedNanos() {
        return connectedNanos;
    }

    /** Returns why no attempt followed this failed one; null if one did, or none was wanted. */
    public @Nullable NoRetry noRetry() {
        return noRetry;
    }

    public void notRetried(NoRetry reason) {
        noRetry = reason;
    }

    public void responded(int upstreamStatus, TraceResponse traceReturned) {
        status = upstreamStatus;
        respondedNanos = System.nanoTime();
        traceResponse = traceReturned;
    }

    public void grpcEnded(@Nullable GrpcStatus upstreamStatus) {
        grpcStatus = upstreamStatus;
    }

    /** Ends the attempt. Later calls are ignored: what follows a failure is its echo. */
    public void end(long nanoTime, @Nullable ErrorKind failure) {
        if (endNanos == 0) {
            endNanos = nanoTime;
            error = failure;
        }
    }
}

package dev.clew.exchange;

import dev.clew.error.ErrorKind;
import dev.clew.error.GrpcStatus;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.trace.context.TraceResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** What one try at one endpoint, of a request or of a copy of it, was and came to: the source of its CLIENT span. */
public final class AttemptRecord {

    private final String spanId;
    private final Endpoint endpoint;
    private final long startNanos;
    private final boolean probe;
    private long endNanos;
    private long respondedNanos;
    private int status;
    private @Nullable TraceResponse traceAnswer;
    private @Nullable ErrorKind error;
    private @Nullable GrpcStatus grpcStatus;
    private @Nullable HttpConnection connection;
    private @Nullable HttpVersion version;

    /** @param probe whether it tries an upstream whose circuit was open */
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

    /** As {@link System#nanoTime} counts. */
    public long startNanos() {
        return startNanos;
    }

    /** Returns whether it tried an upstream whose circuit was open. */
    public boolean isProbe() {
        return probe;
    }

    /** As {@link System#nanoTime} counts; 0 while it runs. */
    public long endNanos() {
        return endNanos;
    }

    /** When the answer's head came, or the attempt ended without one; as {@link System#nanoTime} counts. */
    public long respondedNanos() {
        return status == 0 ? endNanos : respondedNanos;
    }

    /** The upstream's status, or 0 when there was none. */
    public int status() {
        return status;
    }

    /** What the answer tells about the trace that was sent; null when there was no answer. */
    public @Nullable TraceResponse traceAnswer() {
        return traceAnswer;
    }

    public @Nullable ErrorKind error() {
        return error;
    }

    /** How the upstream says that a gRPC call ended; null for what is none, or when it did not say. */
    public @Nullable GrpcStatus grpcStatus() {
        return grpcStatus;
    }

    /** What it was sent over; null when there was no connection. */
    public @Nullable HttpConnection connection() {
        return connection;
    }

    /** The HTTP version that was spoken; null when there was no connection. */
    public @Nullable HttpVersion version() {
        return version;
    }

    public void connected(HttpConnection over, HttpVersion spoken) {
        connection = over;
        version = spoken;
    }

    public void answered(int upstreamStatus, TraceResponse aboutTrace) {
        status = upstreamStatus;
        respondedNanos = System.nanoTime();
        traceAnswer = aboutTrace;
    }

    public void grpcEnded(@Nullable GrpcStatus upstreamStatus) {
        grpcStatus = upstreamStatus;
    }

    /** Takes the first ending only: what comes after a failure is its echo. */
    public void end(long nanoTime, @Nullable ErrorKind failure) {
        if (endNanos == 0) {
            endNanos = nanoTime;
            error = failure;
        }
    }
}

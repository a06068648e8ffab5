package dev.clew.journal;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request.
 *
 * @param startEpochNanos when the request head was complete, in nanoseconds since 1970
 * @param durationNanos until the end of the response
 * @param status sent to the client; 499 when the client disconnected before one was sent
 * @param error the stable code of the gateway's error; null if there is none
 * @param grpcStatus name of the status of a gRPC call; null for other requests, or when none was sent
 * @param kept why the spans of an unsampled request were exported; null if they were sampled, or not exported
 * @param requestBytes of the body
 * @param responseBytes of the body
 */
public record Outcome(
        long startEpochNanos,
        long durationNanos,
        int status,
        @Nullable String error,
        @Nullable String grpcStatus,
        @Nullable String kept,
        long requestBytes,
        long responseBytes) {}

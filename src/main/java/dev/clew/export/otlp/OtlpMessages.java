package dev.clew.export.otlp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads a backend's responses beyond their status. Unreadable parts count as absent. */
final class OtlpMessages {

    /**
     * The compressed flag (1 byte) and length (4 bytes) before a gRPC message ("gRPC over HTTP2",
     * Length-Prefixed-Message).
     */
    static final int FRAME_BYTES = 5;

    private static final String RETRY_INFO = "/google.rpc.RetryInfo";
    /** Longer than any export may take, and small enough for a number of nanoseconds. */
    private static final long MAX_SECONDS = Integer.MAX_VALUE;

    private OtlpMessages() {}

    /** Returns {@code ExportTraceServiceResponse.partial_success.rejected_spans}; 0 if absent or negative. */
    static long rejectedSpans(ByteBuffer response) {
        long rejected = 0;
        ProtoReader fields = new ProtoReader(response);
        while (fields.next()) {
            if (fields.field() == 1) {
                ProtoReader partial = new ProtoReader(fields.bytes());
                while (partial.next()) {
                    rejected = partial.field() == 1 ? partial.number() : rejected;
                }
            }
        }
        return Math.max(0, rejected);
    }

    /** Returns the same from a framed gRPC message. */
    static long rejectedSpansOfFrame(ByteBuffer frame) {
        // Compressed responses were not requested.
        if (frame.remaining() < FRAME_BYTES || frame.get(frame.position()) != 0) {
            return 0;
        }
        return rejectedSpans(frame.slice(frame.position() + FRAME_BYTES, frame.remaining() - FRAME_BYTES));
    }

    /**
     * Returns the delay of the {@code RetryInfo} in a {@code google.rpc.Status} (OTLP specification, "OTLP/gRPC
     * Throttling").
     *
     * @param base64 the value of {@code grpc-status-details-bin}, padded or not
     * @return null if there is no {@code RetryInfo}
     */
    static @Nullable Duration retryDelay(String base64) {
        byte[] status;
        try {
            status = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
        ProtoReader fields = new ProtoReader(ByteBuffer.wrap(status));
        while (fields.next()) {
            if (fields.field() == 3) {
                @Nullable Duration delay = retryInfo(new ProtoReader(fields.bytes()));
                if (delay != null) {
                    return delay;
                }
            }
        }
        return null;
    }

    /** Returns the delay of a {@code google.protobuf.Any}; null if it is no {@code RetryInfo}. */
    private static @Nullable Duration retryInfo(ProtoReader any) {
        String type = "";
        ByteBuffer value = ByteBuffer.allocate(0);
        while (any.next()) {
            if (any.field() == 1) {
                type = StandardCharsets.UTF_8.decode(any.bytes()).toString();
            } else if (any.field() == 2) {
                value = any.bytes();
            }
        }
        if (!type.endsWith(RETRY_INFO)) {
            return null;
        }
        Duration delay = Duration.ZERO;
        ProtoReader info = new ProtoReader(value);
        while (info.next()) {
            delay = info.field() == 1 ? duration(new ProtoReader(info.bytes())) : delay;
        }
        return delay;
    }

    private static Duration duration(ProtoReader fields) {
        long seconds = 0;
        long nanos = 0;
        while (fields.next()) {
            if (fields.field() == 1) {
                seconds = fields.number();
            } else if (fields.field() == 2) {
                nanos = fields.number();
            }
        }
        return bounded(seconds, nanos);
    }

    /** Returns the wait requested by a backend, within the bounds; never negative. */
    static Duration bounded(long seconds, long nanos) {
        return Duration.ofSeconds(
                Math.max(0, Math.min(seconds, MAX_SECONDS)), Math.max(0, Math.min(nanos, 999_999_999)));
    }
}

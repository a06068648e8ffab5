package dev.clew.export.otlp;

import dev.clew.error.GrpcStatus;
import dev.clew.export.settings.OtlpSettings.Protocol;
import io.opentelemetry.exporter.internal.RetryUtil;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt to send a message.
 *
 * @param retryable whether the message may be sent again (OTLP specification, "Failures")
 * @param retryAfter the minimum wait before a retry, as requested by the backend; zero if it requested none
 * @param rejected the number of spans rejected from an accepted message ("Partial Success"); 0 or more
 * @param failure the reason why the backend did not accept the message, or null
 */
record OtlpResponse(boolean retryable, Duration retryAfter, long rejected, @Nullable IOException failure) {

    /** A response with an error status. */
    static final class Rejected extends IOException {
        private static final long serialVersionUID = 1;
        private final Protocol protocol;
        private final int status;

        Rejected(Protocol protocol, int status) {
            this.protocol = protocol;
            this.status = status;
        }

        /** Returns the protocol of the status. */
        Protocol protocol() {
            return protocol;
        }

        int status() {
            return status;
        }
    }

    /** A response that exceeds the bound on its size. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** The timeout during the TLS handshake, as with a port for another protocol that waits for more bytes. */
    static final class NoHandshake extends InterruptedIOException {
        private static final long serialVersionUID = 1;
    }

    /** @param body the response body */
    static OtlpResponse http(Response response, byte[] body, Instant now) {
        if (response.isSuccessful()) {
            return accepted(OtlpMessages.rejectedSpans(ByteBuffer.wrap(body)));
        }
        boolean busy = busy(response.code());
        Duration retryAfter = busy ? retryAfter(response, now) : Duration.ZERO;
        return new OtlpResponse(busy, retryAfter, 0, new Rejected(Protocol.HTTP_PROTOBUF, response.code()));
    }

    /** Reads a gRPC response, after its body has been read: the status may be in the trailers. */
    static OtlpResponse grpc(Response response, byte[] body) throws IOException {
        int status = grpcStatus(response);
        if (status == GrpcStatus.OK.number()) {
            return accepted(OtlpMessages.rejectedSpansOfFrame(ByteBuffer.wrap(body)));
        }
        @Nullable String details = grpcField(response, "grpc-status-details-bin");
        @Nullable Duration delay = details == null ? null : OtlpMessages.retryDelay(details);
        boolean retryable = status == GrpcStatus.RESOURCE_EXHAUSTED.number()
                // Retried only if the backend says when it will have resources again.
                ? delay != null
                : RetryUtil.retryableGrpcStatusCodes().contains(Integer.toString(status));
        Duration retryAfter = retryable && delay != null ? delay : Duration.ZERO;
        return new OtlpResponse(retryable, retryAfter, 0, new Rejected(Protocol.GRPC, status));
    }

    private static OtlpResponse accepted(long rejected) {
        return new OtlpResponse(false, Duration.ZERO, rejected, null);
    }

    static OtlpResponse failed(IOException failure) {
        boolean timeUp = failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException);
        boolean lasting = failure instanceof SSLException
                || failure instanceof ProtocolException
                || failure instanceof TooLong
                || timeUp;
        return new OtlpResponse(!lasting, Duration.ZERO, 0, failure);
    }

    OtlpResponse orThrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return this;
    }

    private static boolean busy(int httpStatus) {
        return RetryUtil.retryableHttpResponseCodes().contains(httpStatus);
    }

    /** Returns the delay in seconds or until a date (RFC 9110 section 10.2.3); zero if it is neither. */
    private static Duration retryAfter(Response response, Instant now) {
        @Nullable String value = response.header("Retry-After");
        if (value == null) {
            return Duration.ZERO;
        }
        long seconds;
        try {
            seconds = Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            @Nullable Instant date = response.headers().getInstant("Retry-After");
            seconds = date == null ? 0 : date.getEpochSecond() - now.getEpochSecond();
        }
        return OtlpMessages.bounded(seconds, 0);
    }

    private static int grpcStatus(Response response) throws IOException {
        @Nullable String status = grpcField(response, "grpc-status");
        if (status == null) {
            // The response of a proxy rather than of the backend ("HTTP to gRPC Status Code Mapping").
            return switch (response.code()) {
                case 401 -> GrpcStatus.UNAUTHENTICATED.number();
                case 403 -> GrpcStatus.PERMISSION_DENIED.number();
                case 404 -> GrpcStatus.UNIMPLEMENTED.number();
                default -> busy(response.code()) ? GrpcStatus.UNAVAILABLE.number() : GrpcStatus.UNKNOWN.number();
            };
        }
        try {
            return Integer.parseInt(status);
        } catch (NumberFormatException e) {
            return GrpcStatus.UNKNOWN.number();
        }
    }

    private static @Nullable String grpcField(Response response, String name) throws IOException {
        @Nullable String header = response.header(name);
        return header != null ? header : response.trailers().get(name);
    }
}

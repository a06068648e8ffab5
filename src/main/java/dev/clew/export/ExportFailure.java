package dev.clew.export;

import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.exporter.internal.grpc.GrpcResponse;
import io.opentelemetry.exporter.internal.http.HttpSender;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in our own words what an export failed with. Neither an exception's message nor what a server answered is
 * repeated: both can contain a header's value.
 */
final class ExportFailure {

    static final String TIMED_OUT = "timed out";

    static final String REJECTED = "spans refused (partial success)";

    private ExportFailure() {}

    static ExportOutcome of(@Nullable Throwable failure) {
        String error = describe(failure);
        return new ExportOutcome.Lost(
                error.equals(TIMED_OUT) ? DropReason.EXPORT_TIMEOUT : DropReason.EXPORT_FAILED, error);
    }

    static String describe(@Nullable Throwable failure) {
        if (failure instanceof HttpExportException http) {
            HttpSender.@Nullable Response response = http.getResponse();
            return response != null ? "HTTP status " + response.statusCode() : describeCause(http.getCause());
        }
        if (failure instanceof GrpcExportException grpc) {
            @Nullable GrpcResponse response = grpc.getResponse();
            return response != null ? "gRPC status " + response.grpcStatusValue() : describeCause(grpc.getCause());
        }
        return describeCause(failure);
    }

    private static String describeCause(@Nullable Throwable cause) {
        if (cause == null) {
            return "unknown error";
        } else if (cause instanceof ConnectException) {
            return "connection refused or unreachable";
        } else if (cause instanceof UnknownHostException) {
            return "host name cannot be resolved";
        } else if (cause instanceof SocketTimeoutException
                || cause.getClass() == java.io.InterruptedIOException.class) {
            return TIMED_OUT;
        } else if (cause instanceof SSLException) {
            return "TLS failure (" + cause.getClass().getSimpleName() + ")";
        } else if (cause instanceof OtlpAnswer.TooLong) {
            return "answer of more than " + OtlpClient.MOST_ANSWER_BYTES + " bytes";
        }
        return cause.getClass().getSimpleName();
    }
}

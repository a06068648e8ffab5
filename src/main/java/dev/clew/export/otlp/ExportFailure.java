package dev.clew.export.otlp;

import dev.clew.error.GrpcStatus;
import dev.clew.export.queue.DropReason;
import dev.clew.export.settings.OtlpSettings;
import dev.clew.export.settings.OtlpSettings.Protocol;
import io.opentelemetry.exporter.internal.FailedExportException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Describes the failure of an export, with a hint. Neither an exception's message nor a server's response is quoted:
 * both can contain a header's value.
 */
public final class ExportFailure {

    public static final String TIMED_OUT = "timed out";

    public static final String REJECTED = "rejected in part (partial success)";

    private static final String CHECK_HEADERS = " (is the credential in the headers right?)";

    private static final String PLAIN_PORT = " (is the port one for http:// rather than https://?)";

    private ExportFailure() {}

    /** @param otlp the backend's settings; null if unknown */
    public static ExportOutcome of(@Nullable Throwable failure, @Nullable OtlpSettings otlp) {
        String error = describe(failure, otlp);
        return new ExportOutcome.Lost(
                error.startsWith(TIMED_OUT) ? DropReason.EXPORT_TIMEOUT : DropReason.EXPORT_FAILED, error);
    }

    private static String describe(@Nullable Throwable failure, @Nullable OtlpSettings otlp) {
        @Nullable Throwable cause = failure instanceof FailedExportException wrapped ? wrapped.getCause() : failure;
        return cause instanceof OtlpResponse.Rejected rejected ? status(rejected) : cause(cause, otlp);
    }

    private static String status(OtlpResponse.Rejected rejected) {
        return rejected.protocol() == Protocol.GRPC ? grpcStatus(rejected.status()) : httpStatus(rejected.status());
    }

    private static String httpStatus(int status) {
        return "HTTP status " + status
                + switch (status) {
                    case 301, 302, 303, 307, 308 -> " (redirects are not followed: is the endpoint right?)";
                    case 401, 403 -> CHECK_HEADERS;
                    case 404 ->
                        " (is the path right? OTEL_EXPORTER_OTLP_ENDPOINT has /v1/traces appended, or the"
                                + " path of another signal; OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and the like, and an"
                                + " endpoint with a path, have not)";
                    default -> "";
                };
    }

    private static String grpcStatus(int status) {
        return "gRPC status " + status
                + switch (GrpcStatus.parse(Integer.toString(status))) {
                    case PERMISSION_DENIED, UNAUTHENTICATED -> CHECK_HEADERS;
                    case UNIMPLEMENTED -> " (does the port accept OTLP over gRPC?)";
                    default -> "";
                };
    }

    private static String cause(@Nullable Throwable cause, @Nullable OtlpSettings otlp) {
        if (cause == null) {
            return "unknown error";
        } else if (cause instanceof ConnectException) {
            return "connection refused or unreachable";
        } else if (cause instanceof UnknownHostException) {
            return "host name cannot be resolved";
        } else if (cause instanceof OtlpResponse.NoHandshake) {
            return TIMED_OUT + " in the TLS handshake" + PLAIN_PORT;
        } else if (cause instanceof SocketTimeoutException
                || cause.getClass() == java.io.InterruptedIOException.class) {
            return TIMED_OUT;
        } else if (cause instanceof SSLException tls) {
            return tls(tls);
        } else if (cause instanceof OtlpResponse.TooLong) {
            return "response of more than " + OtlpClient.MAX_RESPONSE_BYTES + " bytes";
        } else if (cause instanceof IOException && otlp != null) {
            return misunderstood(otlp);
        }
        return cause.getClass().getSimpleName();
    }

    private static String tls(SSLException failure) {
        if (failure.getClass() == SSLException.class) {
            return "the response is not TLS" + PLAIN_PORT;
        } else if (failure instanceof SSLPeerUnverifiedException) {
            return "the backend's certificate is for another host name";
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return "the backend's certificate is not trusted (is the right certificate authority set?)";
            }
        }
        return "no TLS connection (does the port use TLS, and does it require a client certificate?)";
    }

    /** Describes the response of a port for another protocol: truncated or malformed. */
    private static String misunderstood(OtlpSettings otlp) {
        boolean grpc = otlp.protocol() == Protocol.GRPC;
        String spoken = (grpc ? "gRPC" : "HTTP/1.1") + (otlp.isTls() ? " with TLS" : " without TLS");
        return "no valid response in " + spoken + " (is the port one for " + (grpc ? "http/protobuf" : "grpc")
                + " or for " + (otlp.isTls() ? "http://" : "https://") + "?)";
    }
}

package dev.clew.exchange;

import dev.clew.error.GrpcStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** What makes a request a gRPC call, and where it says how it ended ("gRPC over HTTP2"). */
public final class GrpcProtocol {

    private static final String MEDIA_TYPE = "application/grpc";
    private static final CharSequence STATUS = HttpHeaders.createOptimized("grpc-status");

    private GrpcProtocol() {}

    /** Whether the caller understands gRPC's errors only; for HTTP/1 that costs nothing. */
    public static boolean isCall(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2 || !request.method().equals(HttpMethod.POST)) {
            return false;
        }
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null
                && type.startsWith(MEDIA_TYPE)
                && (type.length() == MEDIA_TYPE.length() || endsMediaType(type.charAt(MEDIA_TYPE.length())));
    }

    /** Not that of {@code application/grpc-web}, which is another protocol. */
    private static boolean endsMediaType(char next) {
        return next == '+' || next == ';';
    }

    /** How a call ended, as its answer, which has, says; null for what is no call, or when it does not say. */
    public static @Nullable GrpcStatus statusOf(HttpServerRequest request, HttpClientResponse answer) {
        if (answer.version() != HttpVersion.HTTP_2 || !isCall(request)) {
            return null;
        }
        GrpcStatus inTrailers = statusIn(answer.trailers());
        // In the header where nothing but that is sent ("gRPC over HTTP2", Trailers-Only).
        return inTrailers != null ? inTrailers : statusIn(answer.headers());
    }

    /** What these fields of an answer, its header or its trailers, say; null when they say nothing. */
    public static @Nullable GrpcStatus statusIn(MultiMap fields) {
        String status = fields.get(STATUS);
        return status == null ? null : GrpcStatus.parse(status);
    }
}

package dev.clew.exchange;

import dev.clew.error.GrpcStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The parts of "gRPC over HTTP2" that concern the gateway: recognising a call and reading its status. */
public final class GrpcProtocol {

    private static final String MEDIA_TYPE = "application/grpc";
    private static final CharSequence STATUS = HttpHeaders.createOptimized("grpc-status");

    private GrpcProtocol() {}

    /**
     * Returns whether the request is a gRPC call, whose client understands gRPC errors only. Costs nothing for HTTP/1.
     */
    public static boolean isCall(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2 || !request.method().equals(HttpMethod.POST)) {
            return false;
        }
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null
                && type.startsWith(MEDIA_TYPE)
                && (type.length() == MEDIA_TYPE.length() || endsMediaType(type.charAt(MEDIA_TYPE.length())));
    }

    /** Excludes {@code application/grpc-web}, which is another protocol. */
    private static boolean endsMediaType(char next) {
        return next == '+' || next == ';';
    }

    /**
     * Returns the status of a gRPC call from its complete response; null if the request is no call or the response has
     * no status.
     *
     * @param version the response's
     */
    public static @Nullable GrpcStatus statusOf(
            HttpServerRequest request, HttpVersion version, MultiMap headers, MultiMap trailers) {
        if (version != HttpVersion.HTTP_2 || !isCall(request)) {
            return null;
        }
        GrpcStatus inTrailers = statusIn(trailers);
        // A Trailers-Only response carries the status in its header.
        return inTrailers != null ? inTrailers : statusIn(headers);
    }

    /** Returns the status in a response's header or trailers; null if it is absent. */
    public static @Nullable GrpcStatus statusIn(MultiMap fields) {
        String status = fields.get(STATUS);
        return status == null ? null : GrpcStatus.parse(status);
    }
}

package dev.clew.proxy;

import dev.clew.trace.context.TraceResponse;
import dev.clew.trace.context.TraceResponseReader;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** Reads the trace context that an upstream returns in its response header. */
final class TraceResponses {

    private static final CharSequence TRACERESPONSE = HttpHeaders.createOptimized("traceresponse");
    private static final CharSequence SERVER_TIMING = HttpHeaders.createOptimized("server-timing");

    private TraceResponses() {}

    /**
     * Reads the trace fields of a response. Costs two look-ups if neither field is present, as in most responses.
     *
     * @param traceId the trace ID sent to the upstream
     */
    static TraceResponse read(MultiMap headers, String traceId) {
        boolean responds = headers.contains(TRACERESPONSE);
        boolean times = headers.contains(SERVER_TIMING);
        return responds || times
                ? TraceResponseReader.read(
                        responds ? headers.getAll(TRACERESPONSE) : List.of(),
                        times ? headers.getAll(SERVER_TIMING) : List.of(),
                        traceId)
                : TraceResponse.SILENT;
    }
}

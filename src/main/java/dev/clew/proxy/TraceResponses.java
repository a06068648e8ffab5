package dev.clew.proxy;

import dev.clew.trace.context.TraceResponse;
import dev.clew.trace.context.TraceResponseReader;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** What an upstream's header fields tell about the trace that it was sent. */
final class TraceResponses {

    private static final CharSequence TRACERESPONSE = HttpHeaders.createOptimized("traceresponse");
    private static final CharSequence SERVER_TIMING = HttpHeaders.createOptimized("server-timing");

    private TraceResponses() {}

    /** Two look-ups where there is neither field, as in most answers. */
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

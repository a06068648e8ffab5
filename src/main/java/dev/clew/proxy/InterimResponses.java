package dev.clew.proxy;

import dev.clew.exchange.Exchange;
import dev.clew.exchange.Http2Fields;
import dev.clew.upstream.client.UpstreamRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Locale;
import java.util.Map;

/**
 * The interim responses (RFC 9110 section 15.2) to one request, counted because an upstream may send any number. Early
 * hints are forwarded while they are few and the client reads; a client loses nothing by a dropped hint (RFC 8297
 * section 2).
 */
final class InterimResponses {

    /** The maximum per attempt; one more fails it. */
    static final int MAX = 100;

    static final int MAX_PASSED_ON = 16;
    private static final int MAX_BYTES_PASSED_ON = 32 * 1024;

    private final UpstreamRequest request;
    private final Runnable whenTooMany;
    private int count;
    private int passedOn;
    private long bytesPassedOn;

    /** @param whenTooMany run once, when the count exceeds {@link #MAX} */
    InterimResponses(UpstreamRequest request, Runnable whenTooMany) {
        this.request = request;
        this.whenTooMany = whenTooMany;
    }

    /** Returns whether the client understands interim responses; HTTP/1.0 has none (RFC 9110 section 15.2). */
    static boolean areSupported(Exchange exchange) {
        return exchange.request().version() != HttpVersion.HTTP_1_0;
    }

    /**
     * Counts one interim response.
     *
     * @return false if it exceeds the maximum
     */
    boolean allowsOneMore() {
        if (++count == MAX + 1) {
            whenTooMany.run();
        }
        return count <= MAX;
    }

    void passOn(MultiMap hints, HttpServerResponse response) {
        boolean sound = request.version() != HttpVersion.HTTP_2 || Http2Fields.areSound(hints);
        if (!sound || passedOn == MAX_PASSED_ON || response.headWritten() || response.writeQueueFull()) {
            return;
        }
        MultiMap filtered = MultiMap.caseInsensitiveMultiMap();
        ResponseHeaders.copy(hints, filtered);
        MultiMap passed = HeadersMultiMap.httpHeaders();
        long bytes = 0;
        for (Map.Entry<String, String> field : filtered) {
            bytes += field.getKey().length() + field.getValue().length();
            // HTTP/2 allows lower-case names only.
            passed.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
        }
        if (bytesPassedOn + bytes <= MAX_BYTES_PASSED_ON) {
            passedOn++;
            bytesPassedOn += bytes;
            response.writeEarlyHints(passed);
        }
    }
}

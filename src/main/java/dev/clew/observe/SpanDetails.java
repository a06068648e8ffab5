package dev.clew.observe;

import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.tracing.SpanContent;
import dev.clew.tenant.tracing.SpanContent.Profile;
import org.jspecify.annotations.Nullable;

/** What the spans of a tenant that asked for it tell beyond what is told of every request. */
final class SpanDetails {

    private final @Nullable CallerAttributes caller;
    private final CapturedHeaders request;
    private final CapturedHeaders response;

    private SpanDetails(SpanContent content, @Nullable CallerAttributes caller) {
        this.caller = caller;
        this.request = new CapturedHeaders("http.request.header.", content.requestHeaders());
        this.response = new CapturedHeaders("http.response.header.", content.responseHeaders());
    }

    /**
     * Null when there is nothing more to tell, which is the default and so costs least.
     *
     * @param caller adds what tells of the caller, where that is wanted
     */
    static @Nullable SpanDetails of(SpanContent content, CallerAttributes caller) {
        boolean tellsOfCaller = content.profile() == Profile.SEMCONV;
        if (!tellsOfCaller
                && content.requestHeaders().isEmpty()
                && content.responseHeaders().isEmpty()) {
            return null;
        }
        return new SpanDetails(content, tellsOfCaller ? caller : null);
    }

    /** The most pairs added to a SERVER span. */
    int mostOfServer() {
        return request.count() + response.count() + (caller == null ? 0 : CallerAttributes.MOST_OF_SERVER);
    }

    /** The most pairs added to a CLIENT span. */
    int mostOfClient() {
        return caller == null ? 0 : CallerAttributes.MOST_OF_CLIENT;
    }

    void addToServer(SpanPairs pairs, Exchange exchange) {
        if (caller != null) {
            caller.addToServer(pairs, exchange);
        }
        request.add(exchange.request().headers(), pairs);
        response.add(exchange.response().headers(), pairs);
    }

    void addToClient(SpanPairs pairs, Exchange exchange, AttemptRecord attempt) {
        if (caller != null) {
            caller.addToClient(pairs, exchange, attempt);
        }
    }
}

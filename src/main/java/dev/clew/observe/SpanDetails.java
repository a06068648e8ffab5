package dev.clew.observe;

import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.tracing.SpanContent;
import dev.clew.tenant.tracing.SpanContent.Profile;
import org.jspecify.annotations.Nullable;

/** The optional attributes of a tenant's spans. */
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
     * Returns null without optional attributes, which is the default and so costs least.
     *
     * @param caller attributes that identify the caller, for profiles that include them
     */
    static @Nullable SpanDetails of(SpanContent content, CallerAttributes caller) {
        boolean hasCaller = content.profile() == Profile.SEMCONV;
        if (!hasCaller
                && content.requestHeaders().isEmpty()
                && content.responseHeaders().isEmpty()) {
            return null;
        }
        return new SpanDetails(content, hasCaller ? caller : null);
    }

    /** Returns the maximum number of pairs added to a SERVER span. */
    int maxServerPairs() {
        return request.count() + response.count() + (caller == null ? 0 : CallerAttributes.MAX_SERVER_PAIRS);
    }

    /** Returns the maximum number of pairs added to a CLIENT span. */
    int maxClientPairs() {
        return caller == null ? 0 : CallerAttributes.MAX_CLIENT_PAIRS;
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

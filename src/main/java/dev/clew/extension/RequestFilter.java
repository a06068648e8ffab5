package dev.clew.extension;

/**
 * A filter of the operator's own: a CDI bean of this type sees every request that has a tenant and a route. It runs on
 * the request's event loop and must not block it; work that takes long continues the request later.
 *
 * <p>While {@link #filter} runs, the request's SERVER span is the current one of OpenTelemetry's API: spans of an
 * injected {@code Tracer} become its children, and are exported where the tenant's spans are.
 */
public interface RequestFilter {

    /** The steps of the gateway between which a filter can run. */
    enum Place {
        /** Before the tenant's limits: the request has a trace, and its address is allowed. */
        BEFORE_LIMITS,
        /** Before the response or the upstream: the request is within its limits and authenticated. */
        BEFORE_UPSTREAM
    }

    /** Returns the place in the gateway's own order. */
    default Place place() {
        return Place.BEFORE_UPSTREAM;
    }

    /** Returns the place among the filters of the same {@link #place}: lower numbers run first. */
    default int order() {
        return 0;
    }

    /**
     * Filters one request. Exactly one of {@link FilteredRequest#proceed} and {@link FilteredRequest#reject} must
     * follow, now or later; without it, the request ends by {@link FilteredRequest#TIMEOUT}. An exception ends the
     * request with 500.
     */
    void filter(FilteredRequest request);
}

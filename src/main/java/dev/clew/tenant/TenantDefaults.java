package dev.clew.tenant;

/**
 * What holds for a tenant whose file does not say; the operator sets it for all tenants at once.
 *
 * @param connections see {@link Upstream#connections()}
 * @param pendingRequests see {@link Upstream#pendingRequests()}
 */
public record TenantDefaults(
        TracingPolicy tracing, Timeouts timeouts, int connections, int pendingRequests, Limits limits) {

    public static final TenantDefaults STANDARD =
            new TenantDefaults(TracingPolicy.DEFAULT, Timeouts.DEFAULT, 64, 256, Limits.NONE);

    /** The same defaults with another policy of tracing. */
    public TenantDefaults withTracing(TracingPolicy other) {
        return new TenantDefaults(other, timeouts, connections, pendingRequests, limits);
    }
}

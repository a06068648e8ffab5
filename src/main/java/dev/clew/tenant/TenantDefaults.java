package dev.clew.tenant;

import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Ejection;

/**
 * What holds for a tenant whose file does not say; the operator sets it for all tenants at once.
 *
 * @param connections of each upstream; protocol and TLS are said for each upstream alone
 * @param ejection of each upstream's addresses
 * @param circuitBreaker of each upstream
 */
public record TenantDefaults(
        TracingPolicy tracing,
        Connections connections,
        Ejection ejection,
        CircuitBreaker circuitBreaker,
        Limits limits) {

    public static final TenantDefaults STANDARD = new TenantDefaults(
            TracingPolicy.DEFAULT, Connections.STANDARD, Ejection.NEVER, CircuitBreaker.STANDARD, Limits.NONE);

    /** The same defaults with another policy of tracing. */
    public TenantDefaults withTracing(TracingPolicy other) {
        return new TenantDefaults(other, connections, ejection, circuitBreaker, limits);
    }
}

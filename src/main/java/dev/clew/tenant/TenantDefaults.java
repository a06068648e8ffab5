package dev.clew.tenant;

import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Ejection;

/**
 * The operator's defaults for settings that a tenant's file leaves out.
 *
 * @param connections of each upstream; protocol and TLS are set per upstream only
 * @param ejection of each upstream's endpoints
 * @param circuitBreaker of each upstream
 */
public record TenantDefaults(
        TracingPolicy tracing,
        Connections connections,
        Ejection ejection,
        CircuitBreaker circuitBreaker,
        Limits limits,
        LogPolicy accessLog) {

    public static final TenantDefaults STANDARD = new TenantDefaults(
            TracingPolicy.DEFAULT,
            Connections.STANDARD,
            Ejection.NEVER,
            CircuitBreaker.STANDARD,
            Limits.NONE,
            LogPolicy.ALL);

    /** Returns these defaults with another tracing policy. */
    public TenantDefaults withTracing(TracingPolicy other) {
        return new TenantDefaults(other, connections, ejection, circuitBreaker, limits, accessLog);
    }
}

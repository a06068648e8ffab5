package dev.clew.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a kept request that its decision trail is made of, recorded at its end: nothing here refers to a
 * snapshot, which a later configuration replaces.
 *
 * @param tenant how the tenant was found
 * @param nearest the nearest routes of a request that no route matched, the nearest first
 * @param trace what was taken from the caller's trace context, and the sampler's verdict
 * @param limits the use of the tenant's limits at the end; null without a tenant
 * @param detail the operator's message of the error, for example why a token was rejected; null without one
 * @param mirrors the upstream that got a mirrored request; null without one
 * @param endedBy who ended the request
 */
public record Circumstances(
        TenantReason tenant,
        List<NearRoute> nearest,
        TraceFacts trace,
        @Nullable LimitUse limits,
        @Nullable String detail,
        @Nullable String mirrors,
        EndedBy endedBy) {

    /** Who ended a request. */
    public enum EndedBy {
        CLIENT,
        GATEWAY,
        UPSTREAM
    }

    /** How a tenant was found. */
    public enum By {
        /** By the host alone. */
        HOST,
        /** By the host, and the beginning of the path. */
        PATH_PREFIX,
        /** By the host, and a header field. */
        HEADER,
        /** No tenant was found. */
        NOTHING
    }

    /**
     * The reason for a request's tenant.
     *
     * @param hostPattern the host, or the wildcard, that the tenant has; null without a tenant
     * @param claim the path prefix, or the name of the header field; null if the host decided
     */
    public record TenantReason(By by, @Nullable String hostPattern, @Nullable String claim) {}

    /** What a route's condition missed in a request. */
    public enum Missed {
        PATH,
        METHOD,
        HEADER,
        QUERY
    }

    /**
     * A route that nearly matched.
     *
     * @param route its name
     * @param template its path pattern
     * @param expected what it wants there: a path segment, the methods, or the name of a header field or parameter
     */
    public record NearRoute(String route, String template, Missed missed, String expected) {}

    /**
     * The trace decisions of a request.
     *
     * @param trust the policy applied to the caller's context: {@code preserve}, {@code preserve-id}, {@code restart}
     * @param caller the caller's context: {@code none}, {@code valid}, {@code invalid} or {@code decision-only}
     * @param callerSampled the caller's decision about sampling; null if it sent none
     * @param sampler that decided, in OpenTelemetry's words
     * @param samplerOf whose it is: {@code caller}, {@code token}, {@code route}, {@code tenant} or {@code gateway}
     */
    public record TraceFacts(
            String trust, String caller, @Nullable Boolean callerSampled, String sampler, String samplerOf) {}

    /**
     * The use of a tenant's limits, each bound {@link Integer#MAX_VALUE} if there is none.
     *
     * @param concurrent requests in progress when this one ended, itself included
     * @param rateLeft requests that the rate still admitted
     * @param rateBound the burst
     */
    public record LimitUse(int concurrent, int concurrentBound, int rateLeft, int rateBound) {}
}

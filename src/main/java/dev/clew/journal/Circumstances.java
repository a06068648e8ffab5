package dev.clew.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a kept request that its decision trail is made of, recorded at its end: nothing here refers to a
 * snapshot, which a later configuration replaces.
 *
 * @param routing how tenant and route were found or, in the order of their nearness, what the nearest routes missed
 * @param trace what was taken from the caller's trace context, and the sampler's verdict
 * @param limits the use of the tenant's limits at the end; null without a tenant
 * @param identity how the caller was authenticated; null if the route requires nothing, or it was not reached
 * @param detail the operator's message of the error, for example why a token was rejected; null without one
 * @param mirror the fate of the request's mirror; null if it was not selected for one
 * @param endedBy who ended the request
 * @param slowestOfMinute whether it is kept as the slowest of its route and minute
 */
public record Circumstances(
        List<Decision> routing,
        TraceFacts trace,
        @Nullable LimitUse limits,
        @Nullable String identity,
        @Nullable String detail,
        @Nullable String mirror,
        EndedBy endedBy,
        boolean slowestOfMinute) {

    /** The side that ended a request. */
    public enum EndedBy {
        CLIENT("the client"),
        GATEWAY("the gateway"),
        UPSTREAM("the upstream");

        private final String text;

        EndedBy(String text) {
            this.text = text;
        }

        /** Returns the name in sentences. */
        public String text() {
            return text;
        }
    }

    /**
     * A decision of routing.
     *
     * @param subject {@code tenant} or {@code route}
     * @param verdict in a few words; {@code missed} and the name of a route that nearly matched
     * @param why without the request's values, segments of its path masked
     */
    public record Decision(String subject, String verdict, String why) {

        private static final String MISSED = "missed ";

        /** Returns the name of the route that nearly matched; null if this is another decision. */
        public @Nullable String missedRoute() {
            return verdict.startsWith(MISSED) ? verdict.substring(MISSED.length()) : null;
        }
    }

    /**
     * The trace decisions of a request.
     *
     * @param trust the policy applied to the caller's context: {@code preserve}, {@code preserve-id}, {@code restart}
     * @param caller the caller's context: {@code none}, {@code valid}, {@code decision-only}, or why it is invalid
     * @param callerDecision the caller's decision about sampling; null if it sent none
     * @param sampler that decided, in OpenTelemetry's words
     * @param samplerOf whose it is: {@code caller}, {@code token}, {@code route}, {@code tenant} or {@code gateway}
     */
    public record TraceFacts(
            String trust, String caller, @Nullable String callerDecision, String sampler, String samplerOf) {}

    /** The bound of a limit that is not set. */
    public static final int NO_BOUND = -1;

    /**
     * The use of a tenant's limits at the end of a request, each bound {@link #NO_BOUND} if there is none.
     *
     * @param concurrent requests in progress, itself included
     * @param rateLeft requests that the rate still admitted
     * @param rateBound the burst
     */
    public record LimitUse(int concurrent, int concurrentBound, int rateLeft, int rateBound) {}

    /** Returns the nearest route that the request missed; null if there is none. */
    public @Nullable Decision nearest() {
        for (Decision decision : routing) {
            if (decision.missedRoute() != null) {
                return decision;
            }
        }
        return null;
    }
}

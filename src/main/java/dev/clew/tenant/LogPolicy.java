package dev.clew.tenant;

import dev.clew.trace.context.Sampler;

/**
 * The access-log lines of a tenant.
 *
 * @param good the share of good requests that write lines, chosen by trace ID; all others do
 */
public record LogPolicy(Sampler.TraceIdRatio good) {

    /** A line for every request. */
    public static final LogPolicy ALL = new LogPolicy(new Sampler.TraceIdRatio(1));

    /** Returns whether a good request writes a line. */
    public boolean isLogged(String traceId) {
        return good.ratio() >= 1 || good.sample(traceId, null, 0);
    }
}

package dev.clew.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The course of a request that is not sent.
 *
 * @param story one sentence
 * @param trail the decisions, in order
 */
public record Explanation(String story, List<TrailStep> trail, Outcome outcome) {

    public Explanation {
        trail = List.copyOf(trail);
    }

    /**
     * The end of the request.
     *
     * @param status of the gateway's own response; null if the upstream responds
     * @param tenant null if none serves the host
     * @param route null if none matches
     * @param upstream null if the gateway responds itself, or several share the requests
     */
    public record Outcome(
            @Nullable Integer status, @Nullable String tenant, @Nullable String route, @Nullable String upstream) {}
}

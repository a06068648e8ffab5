package dev.clew.tenant;

import dev.clew.action.HeaderEdits;
import dev.clew.action.Responder;
import dev.clew.route.Rewrite;
import java.util.List;

/** What is done with the requests that take a route. */
public sealed interface Action {

    /** The upstreams that requests can go to. */
    default List<Upstream> upstreams() {
        return List.of();
    }

    /**
     * Sends them on.
     *
     * @param to the upstreams
     * @param path what the upstream is asked for
     * @param headers changed before the gateway adds its own; {@code host} among them where the upstream is to see another
     */
    record Forward(Split to, Rewrite path, HeaderEdits headers) implements Action {

        @Override
        public List<Upstream> upstreams() {
            return to.branches().stream().map(Branch::upstream).toList();
        }
    }

    /** Answers them. */
    record Answer(Responder responder) implements Action {}
}

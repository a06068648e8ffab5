package dev.clew.tenant.route;

import dev.clew.action.HeaderEdits;
import dev.clew.action.Responder;
import dev.clew.route.Rewrite;
import dev.clew.tenant.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The action of a route on its requests. */
public sealed interface Action {

    /** Returns the upstreams that requests and their mirrors may be sent to. */
    default List<Upstream> upstreams() {
        return List.of();
    }

    /**
     * Forwards requests to upstreams.
     *
     * @param to the upstreams
     * @param path the rewrite of the request target
     * @param headers edits applied before the gateway adds its own fields; {@code host} among them if the upstream is
     *     to see another
     * @param mirror the mirror, whose upstream is none of the others; null for none
     */
    record Forward(Split to, Rewrite path, HeaderEdits headers, @Nullable Mirror mirror) implements Action {

        public Forward {
            // Otherwise mirrored requests would take the connections of the requests themselves.
            if (mirror != null
                    && to.branches().stream().anyMatch(branch -> branch.upstream()
                            .name()
                            .equals(mirror.upstream().name()))) {
                throw new IllegalArgumentException("mirror: "
                        + mirror.upstream().name() + " (expected: another upstream than the requests go to)");
            }
        }

        @Override
        public List<Upstream> upstreams() {
            List<Upstream> all = new ArrayList<>();
            to.branches().forEach(branch -> all.add(branch.upstream()));
            if (mirror != null) {
                all.add(mirror.upstream());
            }
            return all;
        }
    }

    /** Responds to requests without an upstream. */
    record Respond(Responder responder) implements Action {}
}

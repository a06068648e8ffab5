package dev.clew.tenant.route;

import dev.clew.action.HeaderEdits;
import dev.clew.action.Responder;
import dev.clew.route.Rewrite;
import dev.clew.tenant.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with the requests that take a route. */
public sealed interface Action {

    /** The upstreams that requests and their copies can go to. */
    default List<Upstream> upstreams() {
        return List.of();
    }

    /**
     * Sends them on.
     *
     * @param to the upstreams
     * @param path what the upstream is asked for
     * @param headers changed before the gateway adds its own; {@code host} among them where the upstream is to see
     *     another
     * @param mirror where copies go, which is none of the upstreams; null for no copies
     */
    record Forward(Split to, Rewrite path, HeaderEdits headers, @Nullable Mirror mirror) implements Action {

        public Forward {
            // Else copies would take the places of the requests themselves.
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

    /** Answers them. */
    record Respond(Responder responder) implements Action {}
}

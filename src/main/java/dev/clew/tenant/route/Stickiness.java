package dev.clew.tenant.route;

import dev.clew.grammar.Cookies;
import dev.clew.route.RequestFacts;
import org.jspecify.annotations.Nullable;

/** The property of a request that keeps it at one upstream of a split. */
public sealed interface Stickiness {

    Stickiness NONE = new None();

    /** Returns the key shared by requests that belong together; null if the request has none. */
    @Nullable String key(RequestFacts request);

    /** No stickiness: a branch is drawn for each request. */
    record None() implements Stickiness {

        @Override
        public @Nullable String key(RequestFacts request) {
            return null;
        }
    }

    record Header(String name) implements Stickiness {

        @Override
        public @Nullable String key(RequestFacts request) {
            return request.header(name);
        }
    }

    /** A cookie that the client already has; the gateway sets none. */
    record Cookie(String name) implements Stickiness {

        @Override
        public @Nullable String key(RequestFacts request) {
            return Cookies.find(name, request.header("cookie"));
        }
    }
}

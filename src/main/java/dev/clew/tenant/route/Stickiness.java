package dev.clew.tenant.route;

import dev.clew.grammar.Cookies;
import dev.clew.route.RequestFacts;
import org.jspecify.annotations.Nullable;

/** What of a request keeps it at one upstream of a split. */
public sealed interface Stickiness {

    Stickiness NONE = new None();

    /** What requests that belong together have in common; null when this one belongs to no others. */
    @Nullable String key(RequestFacts request);

    /** Nothing: each request is dealt out anew. */
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

    /** A cookie that the client has already; the gateway sets none. */
    record Cookie(String name) implements Stickiness {

        @Override
        public @Nullable String key(RequestFacts request) {
            return Cookies.find(name, request.header("cookie"));
        }
    }
}

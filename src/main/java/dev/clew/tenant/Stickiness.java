package dev.clew.tenant;

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
            String cookies = request.header("cookie");
            return cookies == null ? null : find(cookies);
        }

        /** RFC 6265 section 4.2.1. Several lines (RFC 9113 section 8.2.3) come joined by commas, which no cookie has. */
        private @Nullable String find(String cookies) {
            int start = 0;
            while (start < cookies.length()) {
                int end = start;
                while (end < cookies.length() && cookies.charAt(end) != ';' && cookies.charAt(end) != ',') {
                    end++;
                }
                while (start < end && cookies.charAt(start) == ' ') {
                    start++;
                }
                int value = start + name.length();
                if (value < end && cookies.startsWith(name, start) && cookies.charAt(value) == '=') {
                    return cookies.substring(value + 1, end);
                }
                start = end + 1;
            }
            return null;
        }
    }
}

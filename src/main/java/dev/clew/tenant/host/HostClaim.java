package dev.clew.tenant.host;

import dev.clew.route.PathPattern;

/**
 * A tenant's claim to requests for its hosts. All tenants that share a host use claims of one kind, so that no request
 * is claimed twice.
 */
public sealed interface HostClaim {

    HostClaim WHOLE = new Whole();

    /** Returns true if tenants with these two claims can share a host, as far as their kinds are concerned. */
    boolean isCompatibleWith(HostClaim other);

    /** All requests: the host is not shared. */
    record Whole() implements HostClaim {

        @Override
        public boolean isCompatibleWith(HostClaim other) {
            return false;
        }
    }

    /**
     * All requests whose path begins with a prefix, the prefix itself included; the longest matching prefix wins.
     *
     * @param prefix {@code /acme/**}
     */
    record PathPrefix(PathPattern prefix) implements HostClaim {

        /** In characters; bounds the walk over the segments of a shared host's prefixes. */
        private static final int MAX_LENGTH = 256;

        /**
         * Parses a prefix.
         *
         * @param text {@code /acme}: literal segments, at least one
         * @throws IllegalArgumentException as {@code path-prefix: "…" (expected: …)}
         */
        public static PathPrefix parse(String text) {
            boolean literal = text.length() > 1
                    && text.length() <= MAX_LENGTH
                    && !text.endsWith("/")
                    && text.indexOf('{') < 0
                    && text.indexOf('*') < 0;
            if (!literal) {
                throw new IllegalArgumentException("path-prefix: \"" + text
                        + "\" (expected: literal segments such as /acme, without a slash at the end, of at most "
                        + MAX_LENGTH + " characters)");
            }
            return new PathPrefix(PathPattern.parse(text + "/**"));
        }

        @Override
        public boolean isCompatibleWith(HostClaim other) {
            return other instanceof PathPrefix;
        }
    }

    /**
     * All requests with this value of a header field.
     *
     * @param name in lower case
     */
    record Header(String name, String value) implements HostClaim {

        @Override
        public boolean isCompatibleWith(HostClaim other) {
            return other instanceof Header header && header.name.equals(name);
        }
    }
}

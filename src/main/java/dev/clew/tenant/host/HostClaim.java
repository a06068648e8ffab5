package dev.clew.tenant.host;

import dev.clew.route.PathPattern;

/**
 * Which of the requests for its hosts a tenant claims. Those who share a host all tell their requests apart by the same
 * means, so that no request can be claimed twice.
 */
public sealed interface HostClaim {

    HostClaim WHOLE = new Whole();

    /** Whether tenants with these two claims can share a host, as far as the means go. */
    boolean isCompatibleWith(HostClaim other);

    /** All requests: the host is not shared. */
    record Whole() implements HostClaim {

        @Override
        public boolean isCompatibleWith(HostClaim other) {
            return false;
        }
    }

    /**
     * The path at which the tenant's begin, itself included; of prefixes that match, the longest wins.
     *
     * @param prefix {@code /acme/**}
     */
    record PathPrefix(PathPattern prefix) implements HostClaim {

        /** In characters; keeps the walk down the segments of a shared host's prefixes short. */
        private static final int MAX_LENGTH = 256;

        /**
         * Reads a prefix.
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
     * The value of a header field.
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

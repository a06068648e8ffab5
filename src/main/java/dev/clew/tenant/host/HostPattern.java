package dev.clew.tenant.host;

/**
 * A host claimed by a tenant.
 *
 * @param name the host, or the part after {@code *.}; {@linkplain HostName#normalise normalised}
 * @param wildcard whether the pattern is {@code *.name}: every host with one or more labels before {@code .name}, but
 *     not {@code name} itself
 */
public record HostPattern(String name, boolean wildcard) {

    private static final String WILDCARD = "*.";

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException as {@code host: "…" (expected: …)}
     */
    public HostPattern {
        if (!name.equals(HostName.normalise(name))) {
            throw invalid(name, "a normalised host name");
        }
        if (wildcard && name.startsWith("[")) {
            throw invalid(WILDCARD + name, "a host name after \"*.\", not an address");
        }
    }

    /**
     * Parses a pattern; letter case, a trailing dot and the spelling of an IPv6 address do not matter.
     *
     * @param text {@code shop.example.com}, {@code *.example.com}, {@code 192.0.2.1} or {@code [2001:db8::1]}
     * @throws IllegalArgumentException as {@code host: "…" (expected: …)}
     */
    public static HostPattern parse(String text) {
        boolean wildcard = text.startsWith(WILDCARD);
        String host = wildcard ? text.substring(WILDCARD.length()) : text;
        String name = HostName.normalise(host);
        if (name == null) {
            throw invalid(text, "a host name, \"*.\" and a host name, an IPv4 address, or an IPv6 address in brackets");
        }
        boolean port = host.indexOf(':', host.indexOf(']') + 1) >= 0;
        if (port) {
            throw invalid(text, "no port: a tenant's host applies to every port");
        }
        return new HostPattern(name, wildcard);
    }

    /** Returns the pattern in its normal form, which {@link #parse} accepts. */
    @Override
    public String toString() {
        return wildcard ? WILDCARD + name : name;
    }

    private static IllegalArgumentException invalid(String text, String expected) {
        return new IllegalArgumentException("host: \"" + text + "\" (expected: " + expected + ")");
    }
}

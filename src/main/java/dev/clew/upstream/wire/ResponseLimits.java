package dev.clew.upstream.wire;

import org.eclipse.microprofile.config.Config;

/**
 * Bounds on the head of a response, and on its trailers, each by itself; interim responses (RFC 9110 section 15.2) have
 * heads of their own.
 *
 * @param fields their number, from 1; lines of the same name count each
 * @param bytes of a head with its status line, or of the trailers; in HTTP/2 by the measure of RFC 9113 section 6.5.2
 */
public record ResponseLimits(int fields, int bytes) {

    /** The number is Envoy's, for both directions. */
    public static final ResponseLimits STANDARD = new ResponseLimits(100, 64 << 10);

    private static final String FIELDS = "clew.max-response-fields";

    public ResponseLimits {
        if (fields < 1) {
            throw new IllegalArgumentException(FIELDS + ": " + fields + " (expected: from 1)");
        }
    }

    public static ResponseLimits of(Config config) {
        return new ResponseLimits(
                config.getOptionalValue(FIELDS, Integer.class).orElse(STANDARD.fields), STANDARD.bytes);
    }
}

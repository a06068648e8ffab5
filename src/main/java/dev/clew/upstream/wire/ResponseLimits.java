package dev.clew.upstream.wire;

import org.eclipse.microprofile.config.Config;

/**
 * Separate bounds on the head and on the trailers of a response; interim responses (RFC 9110 section 15.2) have their
 * own heads.
 *
 * @param fields number of field lines, at least 1
 * @param bytes of a head with its status line, or of the trailers; in HTTP/2 as in RFC 9113 section 6.5.2
 */
public record ResponseLimits(int fields, int bytes) {

    /** Envoy's default number, for both directions. */
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

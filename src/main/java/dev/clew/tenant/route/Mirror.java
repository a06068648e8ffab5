package dev.clew.tenant.route;

import dev.clew.tenant.upstream.Upstream;

/**
 * A mirror of a route: an upstream that gets a share of the requests a second time and whose responses are discarded.
 * Its identity is also the key for «mirrored requests of this route».
 *
 * @param share the share of the requests that is mirrored, 0 to 1
 * @param body the bound on the request body, which is buffered until it is complete; in bytes, 0 to {@value #MAX_BODY}
 */
public record Mirror(Upstream upstream, double share, int body) {

    public static final int MAX_BODY = 1024 * 1024;
    public static final double DEFAULT_SHARE = 1;
    public static final int DEFAULT_BODY = 64 * 1024;

    public Mirror {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " (expected: 0 to 1)");
        }
        if (body < 0 || body > MAX_BODY) {
            throw new IllegalArgumentException("body: " + body + " (expected: 0 to " + MAX_BODY + ")");
        }
    }
}

package dev.clew.tenant.route;

import dev.clew.tenant.upstream.Upstream;

/**
 * Where a share of a route's requests goes a second time, as a copy whose answer nobody gets. By identity it also
 * stands for «copies of this route's requests».
 *
 * @param share how many of the requests are copied; 0 to 1
 * @param body the most bytes of a request's body, which are held until it is complete; 0 to {@value #MAX_BODY}
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

package dev.clew.action;

import dev.clew.route.Rewrite;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the client elsewhere. Where to is said by the configuration; of the request nothing goes into the authority but
 * a host that is the tenant's own, so no request can make it lead to a stranger.
 *
 * <p>What is left out stays as the client sees it: without a scheme, a host and a port the location is a path, without
 * a scheme one that begins with {@code //} (RFC 9110 section 10.2.2, RFC 3986 section 4.2). The gateway need not know
 * how the client came, which behind a load balancer it cannot.
 */
public final class Redirect implements Responder {

    /** RFC 9110 sections 15.4.2 to 15.4.4, 15.4.8 and 15.4.9. */
    public static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);

    public static final int DEFAULT_STATUS = 302;

    private final @Nullable Authority authority;
    private final Rewrite path;
    private final int status;

    /**
     * What is before the path.
     *
     * @param scheme http or https; null keeps the client's
     * @param host null keeps the client's
     * @param port 0 for the scheme's own
     */
    public record Authority(@Nullable String scheme, @Nullable String host, int port) {}

    /**
     * @param authority null keeps the client's
     * @param path the new path
     * @param status one of {@link #STATUSES}
     */
    public Redirect(@Nullable Authority authority, Rewrite path, int status) {
        if (!STATUSES.contains(status)) {
            throw new IllegalArgumentException("status: " + status + " (expected: one of " + STATUSES + ")");
        }
        this.authority = authority;
        this.path = path;
        this.status = status;
    }

    @Override
    public Reply reply(Asked asked) {
        StringBuilder location = new StringBuilder(128);
        if (authority != null) {
            if (authority.scheme() != null) {
                location.append(authority.scheme()).append(':');
            }
            location.append("//").append(authority.host() == null ? asked.host() : authority.host());
            if (authority.port() != 0) {
                location.append(':').append(authority.port());
            }
        }
        // In normal form, so it cannot begin with a second slash and become an authority.
        location.append(path.apply(asked.path()));
        if (asked.query() != null) {
            location.append('?').append(asked.query());
        }
        return new Reply(status, Map.of("location", location.toString()), "");
    }
}

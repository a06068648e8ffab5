package dev.clew.action;

import dev.clew.route.Rewrite;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A redirect. Its target is configured; of the request, only a host of the tenant can become part of the authority, so
 * that no request can redirect to a foreign host.
 *
 * <p>Omitted parts stay as the client sees them: without scheme, host and port the location is a path; without a scheme
 * it begins with {@code //} (RFC 9110 section 10.2.2, RFC 3986 section 4.2). So the gateway need not know the client's
 * scheme, which a load balancer may hide.
 */
public final class Redirect implements Responder {

    /** RFC 9110 sections 15.4.2 to 15.4.4, 15.4.8 and 15.4.9. */
    public static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);

    public static final int DEFAULT_STATUS = 302;

    public static final List<String> SCHEMES = List.of("http", "https");

    private final @Nullable Authority authority;
    private final Rewrite path;
    private final int status;

    /**
     * The part of the location before the path.
     *
     * @param scheme one of {@link #SCHEMES}; null keeps the client's
     * @param host null keeps the client's
     * @param port 0 for the scheme's default
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
    public Reply reply(Request request) {
        StringBuilder location = new StringBuilder(128);
        if (authority != null) {
            if (authority.scheme() != null) {
                location.append(authority.scheme()).append(':');
            }
            location.append("//").append(authority.host() == null ? request.host() : authority.host());
            if (authority.port() != 0) {
                location.append(':').append(authority.port());
            }
        }
        // The path is in normal form, so it cannot begin with a second slash and become an authority.
        location.append(path.apply(request.path()));
        if (request.query() != null) {
            location.append('?').append(request.query());
        }
        return new Reply(status, Map.of("location", location.toString()), "");
    }
}

package dev.clew.tenant.upstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * One endpoint of an upstream.
 *
 * @param tls whether the connection is encrypted ({@code https})
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param basePath prepended to the path of every request; empty, or with a leading and no trailing slash
 */
public record Endpoint(boolean tls, String host, int port, String basePath) {

    private static final int MAX_PORT = 65_535;

    public Endpoint {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host: (expected: a name or an address)");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        if (!basePath.isEmpty() && (!basePath.startsWith("/") || basePath.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "base path: " + basePath + " (expected: empty, or a leading and no trailing slash)");
        }
    }

    /**
     * Parses {@code http://host[:port][/base]} or its {@code https} form; the port defaults to 80 or 443.
     *
     * @throws IllegalArgumentException with the expected form, but without the URL, which may contain a secret
     */
    public static Endpoint parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("expected: a URL such as http://orders:8080", malformed);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("expected: a URL that starts with http:// or https://");
        }
        if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            throw new IllegalArgumentException("expected: a URL without a user or a password");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("expected: a URL without a query or a fragment");
        }
        boolean tls = scheme.equals("https");
        return new Endpoint(tls, host(uri), port(uri, tls), basePath(uri));
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        if (host == null) {
            // URI yields no host for a server-based authority that it cannot parse (an underscore, a non-numeric port).
            throw new IllegalArgumentException("expected: a URL with a host name or address and a numeric port");
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host.toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri, boolean tls) {
        int port = uri.getPort();
        if (port == -1) {
            return tls ? 443 : 80;
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("expected: a URL with a port from 1 to 65535");
        }
        return port;
    }

    private static String basePath(URI uri) {
        String path = uri.getRawPath();
        if (!uri.normalize().getRawPath().equals(path)) {
            throw new IllegalArgumentException("expected: a URL whose path has no empty, '.' or '..' segment");
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}

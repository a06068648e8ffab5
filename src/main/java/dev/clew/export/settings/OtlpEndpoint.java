package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Parses an OTLP endpoint (OpenTelemetry specification, "OpenTelemetry Protocol Exporter"). */
final class OtlpEndpoint {

    private static final String EXPECTED = "a URL such as http://collector:4318";

    private OtlpEndpoint() {}

    /** Parses the general endpoint for OTLP/HTTP, a base to which the path of the signal is appended. */
    static String httpBase(String value, Signal signal) throws Malformed {
        URI uri = parse(value);
        String path = uri.getRawPath();
        String base = path.endsWith("/") ? path : path + "/";
        return origin(uri) + base + signal.path() + query(uri);
    }

    /**
     * Parses the endpoint of a file: used for spans as it is if it has a path, otherwise with the path of the signal,
     * since a root path is hardly ever intended. For other signals, the path of spans is replaced by theirs.
     */
    static String http(String value, Signal signal) throws Malformed {
        if (signal == Signal.TRACES) {
            return parse(value).getRawPath().length() > 1 ? httpUnchanged(value) : httpBase(value, signal);
        }
        URI uri = parse(value);
        String path = uri.getRawPath();
        String spans = "/" + Signal.TRACES.path();
        String base = path.endsWith(spans) ? path.substring(0, path.length() - spans.length()) : path;
        return httpBase(origin(uri) + base + query(uri), signal);
    }

    /** Parses the endpoint of one signal over OTLP/HTTP, used as it is; an empty path becomes the root. */
    static String httpUnchanged(String value) throws Malformed {
        URI uri = parse(value);
        return origin(uri) + (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) + query(uri);
    }

    /**
     * Parses the endpoint for OTLP/gRPC, whose path is ignored; also a bare {@code host:port}, to which
     * {@code INSECURE} applies.
     */
    static String grpc(String value, boolean insecure) throws Malformed {
        String url = value.contains("://") ? value : (insecure ? "http://" : "https://") + value;
        return origin(parse(url));
    }

    private static String origin(URI uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority();
    }

    private static String query(URI uri) {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    }

    private static URI parse(String value) throws Malformed {
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException e) {
            throw new Malformed("malformed URL", EXPECTED);
        }
        @Nullable String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            throw new Malformed("unknown scheme", EXPECTED);
        }
        @Nullable String authority = uri.getRawAuthority();
        if (authority == null || authority.startsWith(":")) {
            throw new Malformed("no host", EXPECTED);
        }
        if (authority.indexOf('@') >= 0) {
            throw new Malformed("user information in the URL", "credentials in headers");
        }
        requirePort(authority);
        // A well-formed host may still be invalid for OkHttp, such as one with a percent sign.
        if (HttpUrl.parse(origin(uri)) == null) {
            throw new Malformed("no host", EXPECTED);
        }
        return uri;
    }

    /** Not by java.net.URI, which yields neither host nor port of a host name with an underscore. */
    private static void requirePort(String authority) throws Malformed {
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        if (colon < 0) {
            return;
        }
        try {
            int port = Integer.parseInt(authority.substring(colon + 1));
            if (port > 0 && port <= 65535) {
                return;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new Malformed("impossible port", "1 to 65535");
    }
}

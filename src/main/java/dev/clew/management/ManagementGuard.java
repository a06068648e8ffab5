package dev.clew.management;

import dev.clew.error.ErrorKind;
import dev.clew.error.ErrorResponder;
import dev.clew.error.GatewayError;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Guards the management port. Rejects hosts that are not {@linkplain AllowedHosts allowed} and pages of other origins
 * (403), and requires a token, if any are configured, of all requests but probes (401). Without tokens, all but probes,
 * metrics and the API's description is open to this machine only. A request that passes has a {@link Viewer}.
 */
public final class ManagementGuard implements Handler<RoutingContext> {

    private static final String HEALTH = "/q/health";
    private static final String METRICS = "/q/metrics";
    private static final String DESCRIPTION = "/q/openapi";
    private static final String API = "/api";
    private static final String CONSOLE = "/console";
    private static final String COOKIE = "clew-console";
    private static final String CHALLENGE = "Bearer realm=\"clew\"";
    private static final String VIEWER = Viewer.class.getName();
    private static final String TOKENS = TokenFile.class.getName();

    private final AllowedHosts hosts;
    private final @Nullable TokenFile tokens;
    private final SignInPage signIn = new SignInPage();

    /** @param tokens null if none are required */
    public ManagementGuard(AllowedHosts hosts, @Nullable TokenFile tokens) {
        this.hosts = hosts;
        this.tokens = tokens;
    }

    /** Returns the viewer of a request that passed the guard. */
    public static Viewer viewerOf(RoutingContext context) {
        return Objects.requireNonNull(context.<Viewer>get(VIEWER), "not guarded");
    }

    /** Returns how long the response to a request that passed the guard may go on. */
    public static Access accessOf(RoutingContext context) {
        TokenFile file = context.get(TOKENS);
        return file == null
                ? Access.WITHOUT_TOKEN
                : file.access(context.request().getHeader(HttpHeaders.AUTHORIZATION));
    }

    @Override
    public void handle(RoutingContext context) {
        GatewayError rejection = rejection(context);
        if (rejection == null) {
            context.next();
            return;
        }
        ErrorResponder.Response errorResponse = ErrorResponder.response(rejection, null);
        HttpServerResponse response = context.response().setStatusCode(errorResponse.status());
        errorResponse.headers().forEach(response::putHeader);
        if (tokens != null && errorResponse.status() == 401 && isPage(context)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                    .putHeader("content-security-policy", signIn.policy())
                    .end(signIn.html());
            return;
        }
        response.end(errorResponse.body());
    }

    /** Returns whether a browser asks for one of the console's pages, rather than a script for data. */
    private static boolean isPage(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return isBelow(CONSOLE, context.normalizedPath()) && accept != null && accept.contains("text/html");
    }

    private @Nullable GatewayError rejection(RoutingContext context) {
        HttpServerRequest request = context.request();
        HostAndPort authority = request.authority();
        if (!isKnown(request, authority)) {
            return GatewayError.of(
                    ErrorKind.ACCESS_DENIED, "Host not allowed on the management port (clew.management.hosts).");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isOwn(origin, authority)) {
            return GatewayError.of(ErrorKind.ACCESS_DENIED, "Origin not allowed on the management port.");
        }
        String path = context.normalizedPath();
        if (isBelow(HEALTH, path)) {
            return null;
        }
        boolean inner = isBelow(API, path) || isBelow(CONSOLE, path);
        return tokens == null
                ? withoutToken(context, isBelow(METRICS, path) || isBelow(DESCRIPTION, path))
                : withToken(context, tokens, inner, isBelow(CONSOLE, path));
    }

    private static @Nullable GatewayError withoutToken(RoutingContext context, boolean open) {
        if (!open && !Loopback.isSource(context.request())) {
            return unauthenticated(
                    context,
                    "Requires a token, except on the gateway's own machine; none is configured"
                            + " (clew.management.token-file).");
        }
        context.put(VIEWER, Viewer.OF_ALL);
        return null;
    }

    private static @Nullable GatewayError withToken(
            RoutingContext context, TokenFile file, boolean inner, boolean console) {
        Tokens tokens = file.tokens();
        String shown = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        Viewer viewer = tokens.viewer(shown);
        if (console && viewer != null) {
            setCookie(context, tokens.consoleCookie(shown));
        } else if (console) {
            Cookie cookie = context.request().getCookie(COOKIE);
            // The console's files are the same for all; its data comes from the API, with the token.
            viewer = cookie != null && tokens.includesCookie(cookie.getValue()) ? Viewer.of(Set.of()) : null;
        }
        if (viewer == null) {
            return unauthenticated(context, "The management port requires a token.");
        }
        if (!inner && !viewer.seesAll()) {
            return GatewayError.of(ErrorKind.ACCESS_DENIED, "Requires a token for all tenants.");
        }
        context.put(VIEWER, viewer).put(TOKENS, file);
        return null;
    }

    private static void setCookie(RoutingContext context, String value) {
        context.response()
                .putHeader(
                        HttpHeaders.SET_COOKIE,
                        COOKIE + '=' + value + "; Path=" + CONSOLE + "; HttpOnly; SameSite=Strict"
                                + (context.request().isSSL() ? "; Secure" : ""));
    }

    private static GatewayError unauthenticated(RoutingContext context, String message) {
        boolean shown = context.request().headers().contains(HttpHeaders.AUTHORIZATION);
        return GatewayError.of(shown ? ErrorKind.CREDENTIALS_INVALID : ErrorKind.CREDENTIALS_MISSING, message)
                .withHeader("www-authenticate", CHALLENGE);
    }

    /** Allows HTTP/1.0 requests without a host, as load balancers probe; browsers do not use HTTP/1.0. */
    private boolean isKnown(HttpServerRequest request, @Nullable HostAndPort authority) {
        if (authority == null) {
            return request.version() == HttpVersion.HTTP_1_0
                    && !request.headers().contains(HttpHeaders.HOST);
        }
        return hosts.contains(authority.host());
    }

    private static boolean isOwn(String origin, @Nullable HostAndPort authority) {
        if (authority == null) {
            return false;
        }
        String host = authority.toString().toLowerCase(Locale.ROOT);
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.equals("http://" + host) || lower.equals("https://" + host);
    }

    /** @param path normalised, as routes are matched; otherwise dot segments could lead elsewhere */
    private static boolean isBelow(String root, String path) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}

package dev.clew.management;

import dev.clew.error.ErrorKind;
import dev.clew.error.ErrorResponder;
import dev.clew.error.GatewayError;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Guards the management port. Rejects hosts that are not {@linkplain AllowedHosts allowed} and pages of other origins
 * (403), and requires the token, if one is configured, of all requests but probes (401).
 */
public final class ManagementGuard implements Handler<RoutingContext> {

    private static final String HEALTH = "/q/health";
    private static final String CHALLENGE = "Bearer realm=\"clew\"";

    private final AllowedHosts hosts;
    private final @Nullable TokenFile token;

    /** @param token null if none is required */
    public ManagementGuard(AllowedHosts hosts, @Nullable TokenFile token) {
        this.hosts = hosts;
        this.token = token;
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
        response.end(errorResponse.body());
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
        if (token == null || isProbe(context.normalizedPath())) {
            return null;
        }
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (token.token().matches(shown)) {
            return null;
        }
        ErrorKind kind = shown == null ? ErrorKind.CREDENTIALS_MISSING : ErrorKind.CREDENTIALS_INVALID;
        return GatewayError.of(kind, "The management port requires its token.")
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
    private static boolean isProbe(String path) {
        return path.equals(HEALTH) || path.startsWith(HEALTH + '/');
    }
}

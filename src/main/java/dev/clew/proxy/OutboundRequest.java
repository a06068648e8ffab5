package dev.clew.proxy;

import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.listener.ConnectionEnd;
import dev.clew.tenant.Action;
import dev.clew.tenant.Endpoint;
import dev.clew.tenant.Timeouts;
import dev.clew.upstream.Target;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an attempt asks for, and whom. */
final class OutboundRequest {

    private static final CharSequence TE = HttpHeaders.createOptimized("te");
    private static final CharSequence NOTHING = HttpHeaders.createOptimized("0");
    private static final String TRAILERS = "trailers";

    private OutboundRequest() {}

    static RequestOptions options(RoutedRequest request, Action.Forward forward, Target target, Timeouts timeouts) {
        Endpoint endpoint = target.endpoint();
        String path = endpoint.basePath() + forward.path().apply(request.path());
        String query = request.query();
        return new RequestOptions()
                .setConnectTimeout(timeouts.connect().toMillis())
                .setMethod(request.exchange().request().method())
                .setServer(target.address())
                .setHost(target.serverName())
                .setPort(endpoint.port())
                .setSsl(endpoint.tls())
                .setURI(query == null ? path : path + '?' + query);
    }

    /** The protocol that the upstream is asked to go on in; null for none, as nearly always. */
    static @Nullable String askForUpgrade(HttpClientRequest request, Exchange exchange) {
        String wanted = Upgrade.wantedBy(exchange.request(), exchange.head().hasBody());
        if (wanted == null || request.version() != HttpVersion.HTTP_1_1) {
            return null;
        }
        Upgrade.say(wanted, request.headers());
        return wanted;
    }

    /** Says that there is no body, where the client did or where one could be expected (RFC 9110 section 8.6). */
    static void sayEmpty(HttpServerRequest from, MultiMap to) {
        HttpMethod method = from.method();
        if (method.equals(HttpMethod.POST)
                || method.equals(HttpMethod.PUT)
                || method.equals(HttpMethod.PATCH)
                || from.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            to.set(HttpHeaders.CONTENT_LENGTH, NOTHING);
        }
    }

    /**
     * HTTP/2 says the host in a field of its own (RFC 9113 section 8.3.1), and whoever takes trailers may say so (section 8.2.2),
     * which gRPC servers ask for; the gateway takes them on whoever does.
     */
    static void fitToHttp2(HttpClientRequest request, Exchange exchange) {
        if (request.version() != HttpVersion.HTTP_2) {
            return;
        }
        String host = Objects.requireNonNull(request.headers().get(HttpHeaders.HOST), "no host");
        request.headers().remove(HttpHeaders.HOST);
        request.authority(HostAndPort.parseAuthority(host, -1));
        if (TRAILERS.equalsIgnoreCase(exchange.request().getHeader(TE))) {
            request.headers().set(TE, TRAILERS);
        }
    }

    /**
     * Ends it, whole or not, without waiting for an upstream that does not read: in HTTP/1 its connection, in HTTP/2
     * its stream.
     */
    static void giveUp(HttpClientRequest request) {
        try {
            request.reset(UpstreamFailure.CANCEL);
        } catch (RuntimeException fault) {
            ConnectionEnd.now(request.connection());
            return;
        }
        boolean shared = request.version() == HttpVersion.HTTP_2;
        // What has not left of an HTTP/1 request is of no use to anybody; others' requests have to leave first.
        ConnectionEnd.hardUnlessSent(request.connection(), shared ? ConnectionEnd.PATIENCE : Duration.ZERO);
    }
}

package dev.clew.observe;

import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.network.Caller;
import dev.clew.route.RequestTarget;
import dev.clew.tenant.host.HostName;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.upstream.Endpoint;
import io.opentelemetry.api.common.AttributeKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that the profile {@code semconv} adds: those that OpenTelemetry's stable HTTP conventions require or
 * recommend and the profile {@code minimal} omits, because they identify the caller. Values of queries and user
 * information of authorities are omitted here too.
 */
final class CallerAttributes {

    static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("network.protocol.version");

    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final AttributeKey<String> FULL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> CLIENT_ADDRESS = AttributeKey.stringKey("client.address");
    private static final AttributeKey<String> PEER_ADDRESS = AttributeKey.stringKey("network.peer.address");
    private static final AttributeKey<Long> PEER_PORT = AttributeKey.longKey("network.peer.port");
    private static final AttributeKey<String> USER_AGENT = AttributeKey.stringKey("user_agent.original");
    private static final AttributeKey<String> METHOD_ORIGINAL = AttributeKey.stringKey("http.request.method_original");

    /** Path, query, server address and port, client address, peer address and port, user agent, method. */
    static final int MAX_SERVER_PAIRS = 9;
    /** URL, peer address and port, protocol version, method. */
    static final int MAX_CLIENT_PAIRS = 5;

    private static final int MAX_USER_AGENT = 512;
    private static final int MAX_METHOD = 64;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Methods methods;
    /** Scheme, authority and base path of endpoints, by identity. */
    private final Map<Endpoint, String> origins = new IdentityHashMap<>();

    /**
     * Prepares the attributes of a route or tenant.
     *
     * @param endpoints of the attempts
     */
    CallerAttributes(List<Endpoint> endpoints, Methods methods) {
        this.methods = methods;
        endpoints.forEach(endpoint -> origins.put(endpoint, origin(endpoint)));
    }

    private static String origin(Endpoint endpoint) {
        String host = endpoint.host().indexOf(':') < 0 ? endpoint.host() : '[' + endpoint.host() + ']';
        String scheme = endpoint.tls() ? "https" : "http";
        String port = endpoint.port() == standardPort(scheme) ? "" : ":" + endpoint.port();
        return scheme + "://" + host + port + endpoint.basePath();
    }

    void addToServer(SpanPairs pairs, Exchange exchange) {
        HttpServerRequest request = exchange.request();
        Caller caller = exchange.caller();
        // The target of a rejected head was not parsed.
        RequestTarget target = exchange.head().fault() == null ? exchange.head().target() : null;
        if (target != null) {
            addTarget(pairs, target, caller);
        }
        // By the conventions, the peer's address if the client's is unknown.
        String client = caller.nearest();
        if (client != null) {
            pairs.add(CLIENT_ADDRESS, client);
        }
        addPeer(pairs, request.connection().remoteAddress());
        String userAgent = request.getHeader(HttpHeaders.USER_AGENT);
        if (userAgent != null) {
            pairs.add(USER_AGENT, SpanPairs.cut(userAgent, MAX_USER_AGENT));
        }
        addMethod(pairs, request);
    }

    private static void addTarget(SpanPairs pairs, RequestTarget target, Caller caller) {
        pairs.add(PATH, target.path());
        String query = target.query();
        if (query != null) {
            pairs.add(QUERY, QueryRedaction.redact(query));
        }
        String authority = caller.authority();
        String host = HostName.normalise(authority);
        if (host != null) {
            pairs.add(SERVER_ADDRESS, withoutBrackets(host));
            pairs.add(SERVER_PORT, (long) port(authority, caller.scheme()));
        }
    }

    void addToClient(SpanPairs pairs, Exchange exchange, AttemptRecord attempt) {
        RoutedRequest routed = exchange.routed();
        String origin = origins.get(attempt.endpoint());
        if (routed.route().action() instanceof Action.Forward forward && origin != null) {
            String path = origin + forward.path().apply(routed.path());
            String query = routed.query();
            pairs.add(FULL, query == null ? path : path + '?' + QueryRedaction.redact(query));
        }
        addPeer(pairs, attempt.peer());
        HttpVersion version = attempt.version();
        if (version != null) {
            pairs.add(PROTOCOL_VERSION, SpanRecorder.protocol(version));
        }
        addMethod(pairs, exchange.request());
    }

    private static void addPeer(SpanPairs pairs, @Nullable SocketAddress peer) {
        if (peer != null && peer.hostAddress() != null) {
            pairs.add(PEER_ADDRESS, peer.hostAddress());
            pairs.add(PEER_PORT, (long) peer.port());
        }
    }

    private void addMethod(SpanPairs pairs, HttpServerRequest request) {
        if (methods.isOther(request.method())) {
            pairs.add(METHOD_ORIGINAL, SpanPairs.cut(request.method().name(), MAX_METHOD));
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the port of an authority that {@link HostName#normalise} accepts, so that its digits are a port. */
    private static int port(String authority, String scheme) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']') && colon < authority.length() - 1;
        return hasPort ? Integer.parseInt(authority, colon + 1, authority.length(), 10) : standardPort(scheme);
    }

    private static int standardPort(String scheme) {
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }
}

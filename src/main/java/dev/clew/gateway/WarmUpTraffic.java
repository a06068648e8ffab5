package dev.clew.gateway;

import dev.clew.access.RouteAccess;
import dev.clew.access.TenantAccess;
import dev.clew.action.HeaderEdits;
import dev.clew.action.ResponseRules;
import dev.clew.route.Conditions;
import dev.clew.route.PathPattern;
import dev.clew.route.Rewrite;
import dev.clew.route.RouteMatch;
import dev.clew.tenant.LogPolicy;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.host.HostClaim;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.route.Split;
import dev.clew.tenant.tls.TenantTls;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.RetryPolicy;
import dev.clew.tenant.upstream.Selection;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.trace.context.OutboundFormat;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The warm-up's servers and clients on loopback: an upstream, and in front of it a listener for the pipeline. Their
 * ports are ephemeral, and closed before the gateway's own listener opens.
 */
final class WarmUpTraffic {

    private static final String HOST = "warm-up.invalid";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String BODY = "x".repeat(1024);

    private final Vertx vertx;
    private final HttpServer upstream;
    private final HttpServer listener;
    private final List<WebClient> clients;
    private final AtomicInteger responses = new AtomicInteger();

    WarmUpTraffic(Vertx vertx) {
        this.vertx = vertx;
        this.upstream = vertx.createHttpServer(
                        new HttpServerOptions().setHost(LOOPBACK).setPort(0))
                .requestHandler(WarmUpTraffic::respond);
        this.listener =
                vertx.createHttpServer(new HttpServerOptions().setHost(LOOPBACK).setPort(0));
        this.clients = List.of(client(HttpVersion.HTTP_1_1), client(HttpVersion.HTTP_2));
    }

    private WebClient client(HttpVersion version) {
        WebClientOptions options = new WebClientOptions();
        options.setProtocolVersion(version).setHttp2ClearTextUpgrade(false);
        return WebClient.create(vertx, options);
    }

    private static void respond(HttpServerRequest request) {
        request.endHandler(end ->
                request.response().putHeader("content-type", "text/plain").end(BODY));
    }

    /** Starts the upstream, and returns a snapshot with a tenant that forwards to it. */
    Future<Snapshot> snapshot() {
        return upstream.listen().map(server -> Snapshot.of(List.of(tenant(server.actualPort()))));
    }

    private static Tenant tenant(int port) {
        Upstream upstream = new Upstream(
                "warm-up",
                List.of(Endpoint.parse("http://" + LOOPBACK + ":" + port)),
                Connections.STANDARD,
                Selection.STANDARD,
                RetryPolicy.NONE,
                OutboundFormat.GATEWAY_DEFAULT);
        PathPattern path = PathPattern.parse("/items/{item}");
        Route route = new Route(
                "warm-up",
                new RouteMatch(path, Set.of(), Conditions.NONE),
                new Action.Forward(Split.only(upstream), Rewrite.of(path, null), HeaderEdits.NONE, null),
                ResponseRules.NONE,
                RouteAccess.OPEN,
                null);
        return new Tenant(
                new TenantId("warm-up"),
                false,
                List.of(HostPattern.parse(HOST)),
                HostClaim.WHOLE,
                TenantTls.NONE,
                TenantAccess.OPEN,
                TracingPolicy.DEFAULT,
                Map.of(upstream.name(), upstream),
                List.of(route),
                Limits.NONE,
                LogPolicy.ALL);
    }

    /** Opens the listener, and returns its port. */
    Future<Integer> open(Handler<HttpServerRequest> requests) {
        return listener.requestHandler(requests).listen().map(HttpServer::actualPort);
    }

    /** Sends a few requests with each client: with and without a body, and one without a route. */
    Future<Void> round(int port) {
        Future<Void> round = Future.succeededFuture();
        for (WebClient client : clients) {
            round = round.compose(next -> exchange(client, port, HttpMethod.GET, "/items/1", ""))
                    .compose(next -> exchange(client, port, HttpMethod.POST, "/items/2", BODY))
                    .compose(next -> exchange(client, port, HttpMethod.GET, "/nowhere", ""));
        }
        return round;
    }

    /** Returns the number of responses so far. */
    int responses() {
        return responses.get();
    }

    private Future<Void> exchange(WebClient client, int port, HttpMethod method, String path, String body) {
        HttpRequest<Buffer> request = client.request(method, SocketAddress.inetSocketAddress(port, LOOPBACK), path)
                .virtualHost(HOST);
        return (body.isEmpty() ? request.send() : request.sendBuffer(Buffer.buffer(body)))
                .onSuccess(read -> responses.incrementAndGet())
                .mapEmpty();
    }

    /** Closes servers and clients. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on their end
    void close() {
        clients.forEach(WebClient::close);
        listener.close();
        upstream.close();
    }
}

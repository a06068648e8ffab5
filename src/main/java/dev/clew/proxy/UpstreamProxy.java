package dev.clew.proxy;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.exchange.UnreadBody;
import dev.clew.observe.MirrorRecord;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Branch;
import dev.clew.tenant.route.Route;
import dev.clew.trace.context.IdSource;
import dev.clew.trace.context.Propagators;
import dev.clew.upstream.UpstreamPool;
import dev.clew.upstream.UpstreamPools;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The last filter: forwards the request to one of the route's upstreams and streams the response back.
 *
 * <p>A {@link Delivery} holds the request's permit at the upstream and makes its {@link Attempt}s, each at one
 * endpoint. Only bytes in flight are held of either body, unless the tenant wants small request bodies buffered for
 * retries or {@linkplain Mirrors mirrored}.
 */
public final class UpstreamProxy implements Handler<RoutingContext> {

    private final UpstreamPools pools;
    private final RequestHeaders headers;
    private final IdSource ids;
    private final Mirrors mirrors;

    public UpstreamProxy(
            UpstreamPools pools,
            Propagators propagators,
            GatewaySettings settings,
            IdSource ids,
            MirrorRecord mirrorRecord) {
        this.pools = pools;
        this.headers = new RequestHeaders(settings.via(), new OutboundTrace(propagators));
        this.ids = ids;
        this.mirrors = new Mirrors(pools, headers, ids, mirrorRecord);
    }

    @Override
    public void handle(RoutingContext context) {
        RoutedRequest request = RoutedRequest.of(context);
        Exchange exchange = request.exchange();
        Route route = request.route();
        if (!(route.action() instanceof Action.Forward forward)) {
            throw new IllegalStateException("route " + route.name() + " has no upstream");
        }
        Branch branch = forward.to().choose(exchange.facts(), ThreadLocalRandom.current());
        exchange.branchChosen(branch);
        UpstreamPool pool = pools.of(branch.upstream());
        UnreadBody.hold(exchange);
        new Delivery(request, pool, forward, headers, ids, mirrors.of(request, forward)).begin();
    }
}

package dev.clew.filter;

import dev.clew.access.AddressRules;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.network.ClientAddress;
import dev.clew.network.Networks;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Route;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses requests from addresses that the tenant, or the route, does not take any from. The address is the connection's own;
 * behind a trusted proxy it is what that one says. Where it says so in both of the fields there are for it, both must be
 * admitted: a proxy knows one of them and passes on the other as the client wrote it.
 */
public final class AddressFilter implements Handler<RoutingContext> {

    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");
    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");

    private final Networks trustedProxies;

    public AddressFilter(Networks trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    @Override
    public void handle(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        TenantEntry tenant = exchange.head().fault() == null ? exchange.tenant() : null;
        if (tenant == null || tenant.tenant().suspended() || admits(exchange, tenant.tenant())) {
            context.next();
        } else {
            exchange.fail(GatewayError.of(
                    ErrorKind.ADDRESS_REFUSED, "This service takes no requests from the client's address."));
        }
    }

    private boolean admits(Exchange exchange, Tenant tenant) {
        AddressRules ofTenant = tenant.access().addresses();
        Route route = exchange.route();
        AddressRules ofRoute =
                route == null ? AddressRules.NONE : route.access().addresses();
        if (ofTenant.areNone() && ofRoute.areNone()) {
            return true;
        }
        HttpServerRequest request = exchange.request();
        SocketAddress peer = request.connection().remoteAddress();
        byte[] address = peer == null ? ClientAddress.UNKNOWN : ClientAddress.parse(peer.hostAddress());
        MultiMap headers = request.headers();
        boolean forwarded = headers.contains(FORWARDED);
        boolean forwardedFor = headers.contains(FORWARDED_FOR);
        if (!trustedProxies.contains(address) || !(forwarded || forwardedFor)) {
            return ofTenant.admit(address) && ofRoute.admit(address);
        }
        byte[] first = forwarded
                ? ClientAddress.forwarded(headers.getAll(FORWARDED), trustedProxies)
                : ClientAddress.forwardedFor(headers.getAll(FORWARDED_FOR), trustedProxies);
        byte[] second = forwarded && forwardedFor
                ? ClientAddress.forwardedFor(headers.getAll(FORWARDED_FOR), trustedProxies)
                : first;
        return ofTenant.admit(first) && ofRoute.admit(first) && ofTenant.admit(second) && ofRoute.admit(second);
    }
}

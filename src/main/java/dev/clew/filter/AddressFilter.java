package dev.clew.filter;

import dev.clew.access.AddressRules;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.network.IpAddress;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Route;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Rejects requests from client addresses that the tenant or the route does not allow. The address is the connection's
 * peer, or behind a trusted proxy the {@link dev.clew.network.Caller#client client} that the proxy names; no rule
 * admits an unknown address.
 */
public final class AddressFilter implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        TenantEntry tenant = exchange.head().fault() == null ? exchange.tenant() : null;
        if (tenant == null || tenant.tenant().suspended() || admits(exchange, tenant.tenant())) {
            context.next();
        } else {
            exchange.fail(GatewayError.of(
                    ErrorKind.ADDRESS_REFUSED, "This service does not accept requests from the client's address."));
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
        String client = exchange.caller().client();
        byte[] address = client == null ? IpAddress.UNKNOWN : IpAddress.parse(client);
        return ofTenant.admit(address) && ofRoute.admit(address);
    }
}

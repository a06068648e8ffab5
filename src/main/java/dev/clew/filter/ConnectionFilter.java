package dev.clew.filter;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.ResponseEnd;
import dev.clew.route.RequestTarget;
import dev.clew.tenant.Tenant;
import dev.clew.tls.ConnectionCertificates;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Checks each request against its connection: one whose certificate was selected for a tenant carries that tenant's
 * requests only (RFC 9110 sections 7.4 and 15.5.20), and a request without TLS may be redirected to HTTPS.
 */
@Singleton
public class ConnectionFilter implements Handler<RoutingContext> {

    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;
    /** Permanent Redirect, which preserves the method (RFC 9110 section 15.4.9). */
    private static final int PERMANENT_REDIRECT = 308;

    private final String port;

    /** @param publicPort the port at which clients reach the TLS listener; 1 to 65535 */
    ConnectionFilter(@ConfigProperty(name = "clew.https-port", defaultValue = "443") int publicPort) {
        if (publicPort < 1 || publicPort > MAX_PORT) {
            throw new IllegalArgumentException("clew.https-port: " + publicPort + " (expected: 1 to 65535)");
        }
        this.port = publicPort == HTTPS_PORT ? "" : ":" + publicPort;
    }

    @Override
    public void handle(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        String host = exchange.routing().host();
        RequestTarget target = exchange.head().target();
        if (exchange.head().fault() != null || host == null || target == null) {
            context.next();
            return;
        }
        Tenant tenant = exchange.tenant() == null ? null : exchange.tenant().tenant();
        HttpConnection connection = exchange.request().connection();
        if (tenant != null
                && !tenant.suspended()
                && tenant.tls().redirect()
                && !exchange.caller().scheme().equals("https")) {
            redirect(exchange, host, target);
        } else if (ConnectionCertificates.permits(connection, tenant)) {
            context.next();
        } else {
            exchange.fail(GatewayError.of(ErrorKind.MISDIRECTED, "This connection does not serve the requested host."));
        }
    }

    /** Redirects to the same host and path. The host is one of the tenant's, so this is no open redirect. */
    private void redirect(Exchange exchange, String host, RequestTarget target) {
        String query = target.query() == null ? "" : '?' + target.query();
        exchange.response()
                .setStatusCode(PERMANENT_REDIRECT)
                .putHeader(HttpHeaders.LOCATION, "https://" + host + port + target.path() + query);
        ResponseEnd.send(exchange, null);
    }
}

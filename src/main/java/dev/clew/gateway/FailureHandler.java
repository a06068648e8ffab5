package dev.clew.gateway;

import dev.clew.error.ErrorKind;
import dev.clew.error.ErrorResponder;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.UnreadBody;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Where every failed request ends: logs what the operator should know and sends what {@link ErrorResponder} made of it. */
final class FailureHandler implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger(FailureHandler.class);

    private final Function<RoutingContext, Exchange> openLate;

    /** @param openLate begins the exchange of a request that failed before any filter ran */
    FailureHandler(Function<RoutingContext, Exchange> openLate) {
        this.openLate = openLate;
    }

    @Override
    public void handle(RoutingContext context) {
        Exchange begun = Exchange.find(context);
        Exchange exchange = begun != null ? begun : openLate.apply(context);
        GatewayError error = asGatewayError(context, exchange);
        exchange.failed(error);
        log(error, exchange);
        if (exchange.response().headWritten()) {
            exchange.cutOff();
        } else {
            send(exchange, ErrorResponder.answer(error, exchange.trace().traceId()));
        }
    }

    /** What no filter failed on purpose: the router's own refusals (no host, no path), and faults of the gateway itself. */
    private static GatewayError asGatewayError(RoutingContext context, Exchange exchange) {
        if (context.failure() instanceof GatewayError known) {
            return known;
        }
        if (context.statusCode() >= 400 && context.statusCode() < 500) {
            GatewayError refusal = RequestPipeline.refusal(exchange);
            return refusal != null
                    ? refusal
                    : GatewayError.of(ErrorKind.MALFORMED_REQUEST, "The request target is malformed.");
        }
        String traceId = exchange.trace().traceId();
        LOG.errorf(context.failure(), "request failed inside the gateway, trace %s", traceId);
        return GatewayError.of(ErrorKind.INTERNAL, "The gateway failed to handle the request.");
    }

    /** What a client does wrong fills no log but the access log; what an upstream does, the operator may want to read up. */
    private static void log(GatewayError error, Exchange exchange) {
        Logger.Level level = error.kind().fault() == ErrorKind.Fault.CLIENT ? Logger.Level.DEBUG : Logger.Level.INFO;
        if (error.detail() != null && LOG.isEnabled(level)) {
            LOG.logf(
                    level,
                    "%s, trace %s: %s",
                    error.kind().code(),
                    exchange.trace().traceId(),
                    error.detail());
        }
    }

    private static void send(Exchange exchange, ErrorResponder.Answer answer) {
        HttpServerResponse response = exchange.response();
        boolean http2 = exchange.request().version() == HttpVersion.HTTP_2;
        response.setStatusCode(answer.status());
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            response.putHeader(header.getKey(), header.getValue());
        }
        boolean closes = !http2 && (answer.closesConnection() || UnreadBody.remains(exchange));
        if (closes) {
            response.putHeader("connection", "close");
        }
        response.end(answer.body());
        if (UnreadBody.remains(exchange)) {
            UnreadBody.drop(exchange);
        } else if (closes) {
            exchange.request().connection().close();
        }
    }
}

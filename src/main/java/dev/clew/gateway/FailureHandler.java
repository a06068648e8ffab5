package dev.clew.gateway;

import dev.clew.error.ErrorKind;
import dev.clew.error.ErrorResponder;
import dev.clew.error.GatewayError;
import dev.clew.exchange.BrokenResponse;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.Fault;
import dev.clew.exchange.GrpcProtocol;
import dev.clew.exchange.ResponseEnd;
import dev.clew.exchange.UnreadBody;
import dev.clew.exchange.Unrouted;
import dev.clew.journal.MaskedHost;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Branch;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Handles every failed request: logs it for the operator and sends the response of {@link ErrorResponder}. */
final class FailureHandler implements Handler<RoutingContext> {

    private static final Logger LOG = Logger.getLogger(FailureHandler.class);

    private final RejectionLog rejections = new RejectionLog();
    private final Function<RoutingContext, Exchange> traced;

    /** @param traced returns a request's exchange, creating that of a request that failed before any filter */
    FailureHandler(Function<RoutingContext, Exchange> traced) {
        this.traced = traced;
    }

    @Override
    public void handle(RoutingContext context) {
        Exchange exchange = traced.apply(context);
        try {
            respond(context, exchange);
        } catch (RuntimeException fault) {
            // No later handler would respond.
            LOG.error("the error response could not be sent", Fault.withoutMessage(fault));
            BrokenResponse.abort(exchange);
        }
    }

    private void respond(RoutingContext context, Exchange exchange) {
        GatewayError error = asGatewayError(context, exchange);
        exchange.failed(error);
        log(error, exchange);
        if (exchange.response().headWritten()) {
            BrokenResponse.cutOff(exchange, BrokenResponse.INTERNAL_ERROR);
        } else {
            send(exchange, response(error, exchange));
        }
    }

    private static ErrorResponder.Response response(GatewayError error, Exchange exchange) {
        return GrpcProtocol.isCall(exchange.request())
                ? ErrorResponder.grpcResponse(error)
                : ErrorResponder.response(error, exchange.trace().traceId());
    }

    /**
     * Returns the error of a failure that no filter raised: the router's own (no host, no path), or an internal fault.
     */
    static GatewayError asGatewayError(RoutingContext context, Exchange exchange) {
        if (context.failure() instanceof GatewayError known) {
            return known;
        }
        boolean rejected = context.statusCode() >= 400 && context.statusCode() < 500;
        // In development mode, Quarkus's earlier handlers fail on paths they cannot decode.
        if (exchange.routing() instanceof Unrouted unrouted && (rejected || isPathMalformed(exchange, unrouted))) {
            return unrouted.why();
        }
        if (rejected) {
            return GatewayError.of(ErrorKind.MALFORMED_REQUEST, "The request target is malformed.");
        }
        String traceId = exchange.trace().traceId();
        LOG.errorf(Fault.withoutMessage(context.failure()), "internal error, trace %s", traceId);
        // Cancels the request's remaining work.
        exchange.lifetime().abort();
        return GatewayError.of(ErrorKind.INTERNAL, "The gateway failed to handle the request.");
    }

    private static boolean isPathMalformed(Exchange exchange, Unrouted unrouted) {
        return exchange.head().fault() == null && unrouted.path() == null;
    }

    /**
     * Logs client faults at debug only, as the access log has them, and others at info, for the operator. Rejected
     * credentials and unknown hosts are both: often the operator's or a tenant's mistake.
     */
    private void log(GatewayError error, Exchange exchange) {
        String mistake = mistake(error, exchange);
        if (mistake != null) {
            rejections.reject(error.kind().code(), about(exchange) + ": " + mistake, System.nanoTime());
            return;
        }
        Logger.Level level = error.kind().fault() == ErrorKind.Fault.CLIENT ? Logger.Level.DEBUG : Logger.Level.INFO;
        if (error.detail() != null && LOG.isEnabled(level)) {
            LOG.logf(level, "%s, %s: %s", error.kind().code(), about(exchange), error.detail());
        }
    }

    /** Returns what may have to be corrected; null for other errors. */
    private static @Nullable String mistake(GatewayError error, Exchange exchange) {
        return switch (error.kind()) {
            case CREDENTIALS_INVALID, KEYS_UNAVAILABLE -> error.detail();
            case UNKNOWN_HOST -> {
                String host = exchange.routing().host();
                yield host == null ? null : "no tenant has the host " + MaskedHost.of(host);
            }
            default -> null;
        };
    }

    private static String about(Exchange exchange) {
        TenantEntry tenant = exchange.tenant();
        Branch branch = exchange.branch();
        return "tenant " + (tenant == null ? "-" : tenant.tenant().id())
                + ", upstream " + (branch == null ? "-" : branch.upstream().name())
                + ", trace " + exchange.trace().traceId();
    }

    private static void send(Exchange exchange, ErrorResponder.Response errorResponse) {
        HttpServerResponse response = exchange.response();
        boolean closes = errorResponse.closesConnection() && exchange.request().version() != HttpVersion.HTTP_2;
        response.setStatusCode(errorResponse.status()).setStatusMessage(errorResponse.title());
        for (Map.Entry<String, String> header : errorResponse.headers().entrySet()) {
            response.putHeader(header.getKey(), header.getValue());
        }
        if (closes) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        ResponseEnd.send(exchange, errorResponse.body().isEmpty() ? null : Buffer.buffer(errorResponse.body()));
        if (closes && !UnreadBody.remains(exchange)) {
            exchange.request().connection().close();
        }
    }
}

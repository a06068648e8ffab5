package dev.clew.answer;

import dev.clew.action.Cors;
import dev.clew.action.Reply;
import dev.clew.action.Responder.Asked;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.LastBytes;
import dev.clew.exchange.UnreadBody;
import dev.clew.tenant.Action;
import dev.clew.tenant.HostName;
import dev.clew.tenant.Route;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;

/** Answers what a route answers itself, preflight requests among it, and lets the rest go on to an upstream. */
public final class AnswerFilter implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        Route route = Objects.requireNonNull(exchange.route(), "not routed");
        Cors cors = route.response().cors();
        if (cors != null && CrossOrigin.isPreflight(exchange.request(), route)) {
            send(exchange, cors.preflight(exchange.request().getHeader(HttpHeaders.ORIGIN)), route);
        } else if (route.action() instanceof Action.Answer answer) {
            send(exchange, answer.responder().reply(asked(exchange)), route);
        } else {
            context.next();
        }
    }

    private static Asked asked(Exchange exchange) {
        String authority = Objects.requireNonNull(exchange.head().authority(), "no authority");
        String host = Objects.requireNonNull(HostName.normalise(authority), "not admitted");
        return new Asked(host, exchange.path(), exchange.target().query());
    }

    private static void send(Exchange exchange, Reply reply, Route route) {
        HttpServerResponse response = exchange.response();
        response.setStatusCode(reply.status());
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            response.putHeader(header.getKey(), header.getValue());
        }
        HeaderEditing.apply(route.response().headers(), response.headers());
        UnreadBody.announce(exchange);
        // What HEAD would have been answered with is in the header already (RFC 9110 section 9.3.2).
        boolean bodiless = exchange.request().method().equals(HttpMethod.HEAD);
        LastBytes.send(exchange, Buffer.buffer(bodiless ? "" : reply.body()));
        UnreadBody.drop(exchange);
    }
}

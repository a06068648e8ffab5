package dev.clew.filter;

import dev.clew.action.Cors;
import dev.clew.action.Reply;
import dev.clew.action.Responder;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.ResponseEnd;
import dev.clew.exchange.RoutedRequest;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Route;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Sends direct responses, including those to CORS preflight requests; passes all other requests on to the proxy. */
public final class DirectResponseFilter implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext context) {
        RoutedRequest request = RoutedRequest.of(context);
        Cors cors = request.route().response().cors();
        if (cors != null && CrossOrigin.isPreflight(request)) {
            String origin = request.exchange().request().getHeader(HttpHeaders.ORIGIN);
            send(request.exchange(), cors.preflight(origin), request.route());
        } else if (request.route().action() instanceof Action.Respond direct) {
            Responder.Request facts = new Responder.Request(request.host(), request.path(), request.query());
            send(request.exchange(), direct.responder().reply(facts), request.route());
        } else {
            context.next();
        }
    }

    private static void send(Exchange exchange, Reply reply, Route route) {
        HttpServerResponse response = exchange.response();
        response.setStatusCode(reply.status());
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            response.putHeader(header.getKey(), header.getValue());
        }
        HeaderEditing.apply(route.response().headers(), response.headers());
        // A HEAD response has the header of the GET response without its body (RFC 9110 section 9.3.2).
        boolean bodiless = exchange.request().method().equals(HttpMethod.HEAD);
        ResponseEnd.send(exchange, Buffer.buffer(bodiless ? "" : reply.body()));
    }
}

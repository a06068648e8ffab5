package dev.clew.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.error.ErrorKind;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.Loop;
import dev.clew.network.Networks;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenants;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.StartedTrace;
import dev.clew.trace.context.TraceContext;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests that fail outside the filters' own rejections. */
class FailureHandlerTest {

    private static <T> T stub(Class<T> type, BiFunction<String, Object[], @Nullable Object> results) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> results.apply(method.getName(), arguments)));
    }

    /** Returns the error of a request for an unknown host that a handler in front of the pipeline has failed. */
    private static ErrorKind error(String uri, int status, @Nullable Throwable failure) {
        return error(uri, MultiMap.caseInsensitiveMultiMap().add("host", "nobody.test"), status, failure);
    }

    private static ErrorKind error(String uri, MultiMap fields, int status, @Nullable Throwable failure) {
        HttpServerRequest request = stub(HttpServerRequest.class, (method, arguments) -> switch (method) {
            case "version" -> HttpVersion.HTTP_1_1;
            case "uri" -> uri;
            case "headers" -> fields;
            case "connection" -> stub(HttpConnection.class, (of, nothing) -> of.equals("isSsl") ? false : null);
            case "getHeader" -> fields.get((CharSequence) arguments[0]);
            default -> throw new AssertionError(method);
        });
        RoutingContext context = stub(RoutingContext.class, (method, arguments) -> switch (method) {
            case "request" -> request;
            case "statusCode" -> status;
            case "failure" -> failure;
            default -> null;
        });
        Exchange exchange = Exchange.begin(
                context, new Loop(0, new Deadlines()), new Tenants(Snapshot.EMPTY), Networks.NONE, ended -> {});
        exchange.routing(RequestRouting.locate(exchange));
        TraceContext trace = new TraceContext("0af7651916cd43dd8448eb211c80319c", "", (byte) 0, "");
        exchange.traced(new StartedTrace(trace, "b7ad6b7169203331", null, false, InboundTrust.RESTART));
        return FailureHandler.asGatewayError(context, exchange).kind();
    }

    @Test
    void rejectsAnUnknownHostForItsHostWhoeverStumbledOverThePath() {
        assertEquals(ErrorKind.UNKNOWN_HOST, error("/%", -1, new IllegalArgumentException("%")));
        assertEquals(ErrorKind.UNKNOWN_HOST, error("/%", 400, null));
    }

    @Test
    void reportsAnInternalFaultAlsoForAMalformedHead() {
        MultiMap twoHosts =
                MultiMap.caseInsensitiveMultiMap().add("host", "a.test").add("host", "b.test");
        assertEquals(ErrorKind.INTERNAL, error("/x", twoHosts, -1, new IllegalStateException("a fault")));
    }
}

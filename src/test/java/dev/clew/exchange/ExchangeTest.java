package dev.clew.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.network.Networks;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenants;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** An exchange's snapshot, and its routing. */
class ExchangeTest {

    private final Tenants tenants = new Tenants(Snapshot.of(List.of()));

    private static <T> T stub(Class<T> type, Function<String, Object> results) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> results.apply(method.getName())));
    }

    private static RoutingContext context(String uri) {
        Map<String, Object> facts = Map.of(
                "version",
                HttpVersion.HTTP_1_1,
                "uri",
                uri,
                "headers",
                MultiMap.caseInsensitiveMultiMap(),
                "connection",
                stub(HttpConnection.class, Map.of("isSsl", false)::get));
        HttpServerRequest request = stub(HttpServerRequest.class, facts::get);
        return stub(RoutingContext.class, method -> method.equals("request") ? request : null);
    }

    private Exchange begin(java.util.function.Consumer<Exchange> whenEnded) {
        return Exchange.begin(context("/a"), new Loop(0, new Deadlines()), tenants, Networks.NONE, whenEnded);
    }

    @Test
    void keepsItsSnapshotUntilItsEndHasBeenDealtWith() {
        long[] atTheEnd = {-1};
        Exchange exchange = begin(ended -> atTheEnd[0] = tenants.active());
        assertEquals(1, tenants.active());

        exchange.lifetime().end();
        assertEquals(1, atTheEnd[0], "requests under way while the end was recorded");
        assertEquals(0, tenants.active());
    }

    @Test
    void givesItsSnapshotBackOnceHoweverOftenItEnds() {
        Exchange exchange = begin(ended -> {});
        exchange.lifetime().end();
        exchange.lifetime().end();
        assertEquals(0, tenants.active());
        assertTrue(exchange.lifetime().isOver());
    }

    @Test
    void givesItsSnapshotBackWhereItsEndCannotBeRecorded() {
        Exchange exchange = begin(ended -> {
            throw new IllegalStateException("no record");
        });
        assertThrows(IllegalStateException.class, exchange.lifetime()::end);
        assertEquals(0, tenants.active());
    }

    @Test
    void takesNoSnapshotForARequestThatCannotBeRead() {
        RoutingContext unreadable = stub(RoutingContext.class, method -> null);
        assertThrows(
                NullPointerException.class,
                () -> Exchange.begin(unreadable, new Loop(0, new Deadlines()), tenants, Networks.NONE, ended -> {}));
        assertFalse(tenants.isInUse());
    }

    @Test
    void isRoutedOnlyWhenARouteWasFound() {
        Exchange exchange = begin(ended -> {});
        assertThrows(IllegalStateException.class, exchange::routed);
        exchange.routing(new Unrouted(null, null, null, RequestHead.rejection("")));
        assertThrows(IllegalStateException.class, exchange::routed);
        assertEquals(
                "malformed-request",
                ((Unrouted) exchange.routing()).why().kind().code());
    }
}

package dev.clew.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.budget.Ledger;
import dev.clew.network.Networks;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenants;
import dev.clew.tenant.upstream.Timeouts;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponseEndTest {

    private static final int QUEUE = 64 * 1024;
    private static final long IDLE = Timeouts.DEFAULT.idle().toNanos();

    private final Deadlines deadlines = new Deadlines();
    private final Promise<Void> sent = Promise.promise();
    private final List<String> calls = new ArrayList<>();
    private boolean queueFull;
    private boolean hasBody;

    @AfterEach
    void end() {
        sent.tryComplete();
    }

    private static <T> T stub(Class<T> type, Function<String, Object> results) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> results.apply(method.getName())));
    }

    private Exchange begin(HttpVersion version) {
        HttpConnection connection = stub(HttpConnection.class, method -> {
            calls.add("connection." + method);
            return method.equals("isSsl") ? false : null;
        });
        HttpServerRequest request = stub(HttpServerRequest.class, method -> switch (method) {
            case "version" -> version;
            case "uri" -> "/a";
            case "headers" -> MultiMap.caseInsensitiveMultiMap();
            case "method" -> HttpMethod.GET;
            case "scheme" -> "http";
            case "authority" -> HostAndPort.create("a.test", -1);
            case "getHeader" -> hasBody ? "5" : null;
            case "isEnded" -> false;
            case "connection" -> connection;
            default -> {
                calls.add(method);
                yield null;
            }
        });
        HttpServerResponse response = stub(HttpServerResponse.class, method -> switch (method) {
            case "headWritten" -> false;
            case "writeQueueFull" -> queueFull;
            case "end" -> sent.future();
            case "streamId" -> {
                calls.add(method);
                yield 1;
            }
            default -> {
                calls.add(method);
                yield null;
            }
        });
        RoutingContext context = stub(RoutingContext.class, method -> switch (method) {
            case "request" -> request;
            case "response" -> response;
            default -> null;
        });
        return Exchange.begin(
                context, new Loop(0, deadlines), new Tenants(Snapshot.of(List.of())), Networks.NONE, ended -> {});
    }

    private static long held() {
        return Ledger.ofProcess().connections().held();
    }

    @Test
    void accountsForTheBytesOfAStreamUntilTheyAreSent() {
        Exchange exchange = begin(HttpVersion.HTTP_2);
        long before = held();
        queueFull = true;
        ResponseEnd.send(exchange, Buffer.buffer("12345"));
        assertEquals(before + QUEUE + 5, held());

        sent.complete();
        assertEquals(before, held());
    }

    @Test
    void accountsForTheLastPartOnlyWhileTheQueueIsNotFull() {
        long before = held();
        ResponseEnd.send(begin(HttpVersion.HTTP_2), Buffer.buffer("12345"));
        assertEquals(before + 5, held());
    }

    @Test
    void leavesTheBytesOfAnHttp1ConnectionToItsOwnAccount() {
        long before = held();
        queueFull = true;
        ResponseEnd.send(begin(HttpVersion.HTTP_1_1), Buffer.buffer("12345"));
        assertEquals(before, held());
    }

    @Test
    void resetsAStreamThatIsNotReadWithinTheIdleTimeout() {
        Exchange exchange = begin(HttpVersion.HTTP_2);
        long before = System.nanoTime();
        ResponseEnd.send(exchange, null);
        deadlines.expire(before + IDLE - 1);
        assertFalse(calls.contains("streamId"), calls::toString);

        deadlines.expire(System.nanoTime() + IDLE);
        assertTrue(calls.contains("streamId"), calls::toString);
    }

    @Test
    void leavesAStreamAloneThatIsReadInTime() {
        ResponseEnd.send(begin(HttpVersion.HTTP_2), null);
        sent.complete();
        deadlines.expire(System.nanoTime() + IDLE);
        assertFalse(calls.contains("streamId"), calls::toString);
    }

    @Test
    void announcesTheCloseThatAnUnreadBodyNeeds() {
        hasBody = true;
        ResponseEnd.send(begin(HttpVersion.HTTP_1_1), null);
        assertTrue(calls.indexOf("putHeader") < calls.indexOf("resume"), calls::toString);
        assertTrue(calls.contains("putHeader"), calls::toString);
    }

    @Test
    void dropsAnUnreadBodyOfAStreamWithoutAnnouncement() {
        hasBody = true;
        ResponseEnd.send(begin(HttpVersion.HTTP_2), null);
        assertTrue(calls.contains("resume"), calls::toString);
        assertFalse(calls.contains("putHeader"), calls::toString);
    }
}

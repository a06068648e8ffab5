package dev.clew.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.error.ErrorKind;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.Loop;
import dev.clew.exchange.RoutedRequest;
import dev.clew.network.Networks;
import dev.clew.route.RequestPath;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.Tenants;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.upstream.UpstreamPool;
import dev.clew.upstream.UpstreamPools;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests whose attempts fail, under one policy: three attempts, bodies of ten bytes, two concurrent retries. */
class RetriesTest {

    private static final String TENANT =
            """
            hosts: [acme.test]
            upstreams:
              a:
                endpoints: ["http://127.0.0.1:1"]
                retry:
                  attempts: 3
                  on: [connect-failure, reset, 503]
                  methods: [GET, PUT]
                  buffer: 10
                  budget: {share: 0, at-least: 2}
            routes: [{name: all, match: {path: /**}, upstream: a}]
            """;

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();
    private final UpstreamPools pools = new UpstreamPools(vertx, new SimpleMeterRegistry());
    private Tenants tenants;
    private TenantEntry tenant;
    private UpstreamPool pool;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(root.resolve("tenants"));
        Files.writeString(root.resolve("tenants/acme.yaml"), TENANT);
        Snapshot snapshot = new ConfigDirectory(root, Map.<String, String>of()::get)
                .load(GatewaySettings.STANDARD)
                .snapshot();
        tenants = new Tenants(snapshot);
        tenant = snapshot.tenants().get(0);
        Upstream upstream = tenant.tenant().upstreams().get("a");
        pools.prepare(snapshot);
        pool = pools.of(upstream);
    }

    @AfterEach
    void close() {
        pools.close();
        vertx.close();
    }

    private static <T> T stub(Class<T> type, Function<String, Object> results) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> results.apply(method.getName())));
    }

    /** Returns a request after its first attempt. */
    private Exchange exchange(String method, int bodyLength) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        if (bodyLength > 0) {
            fields.add("content-length", Integer.toString(bodyLength));
        }
        Map<String, Object> facts = Map.of(
                "version",
                HttpVersion.HTTP_1_1,
                "uri",
                "/a",
                "method",
                HttpMethod.valueOf(method),
                "getHeader",
                Integer.toString(bodyLength),
                "headers",
                fields,
                "connection",
                stub(HttpConnection.class, Map.of("isSsl", false)::get));
        HttpServerRequest request = stub(HttpServerRequest.class, facts::get);
        RoutingContext context = stub(RoutingContext.class, name -> name.equals("request") ? request : null);
        Exchange exchange = Exchange.begin(context, new Loop(0, new Deadlines()), tenants, Networks.NONE, ended -> {});
        tryOnce(exchange);
        return exchange;
    }

    private void tryOnce(Exchange exchange) {
        exchange.beginAttempt("00f067aa0ba902b7", pool.upstream().endpoints().get(0), false);
    }

    private Retries retries(Exchange exchange) {
        return new Retries(
                new RoutedRequest(
                        exchange,
                        tenant,
                        tenant.tenant().routes().get(0),
                        new RequestPath("/a", "/a"),
                        "acme.test",
                        null),
                pool);
    }

    @ParameterizedTest
    @CsvSource({
        "UPSTREAM_UNREACHABLE, GET, true",
        "UPSTREAM_UNREACHABLE, POST, true",
        "CONNECT_TIMEOUT, POST, true",
        "UPSTREAM_RESET, GET, true",
        "UPSTREAM_RESET, POST, false",
        "RESPONSE_TIMEOUT, GET, false",
        "IDLE_TIMEOUT, GET, false",
        "UPSTREAM_INVALID, GET, false",
        "CLIENT_STALLED, GET, false",
        "REQUEST_OVERDUE, GET, false",
    })
    void repeatsAfterTheFailuresOfThePolicyWhatMayBeSentTwice(ErrorKind failure, String method, boolean repeats) {
        assertEquals(repeats, retries(exchange(method, 0)).beginAfter(failure));
    }

    @ParameterizedTest
    @CsvSource({"503, GET, true", "503, POST, false", "502, GET, false", "500, GET, false", "200, GET, false"})
    void repeatsInsteadOfTheStatusesOfThePolicy(int status, String method, boolean repeats) {
        assertEquals(repeats, retries(exchange(method, 0)).beginInsteadOf(status));
    }

    @Test
    void endsWithTheAttemptsOfThePolicy() {
        Exchange exchange = exchange("GET", 0);
        Retries retries = retries(exchange);
        assertTrue(retries.beginAfter(ErrorKind.UPSTREAM_RESET));
        tryOnce(exchange);
        assertTrue(retries.beginAfter(ErrorKind.UPSTREAM_RESET));
        tryOnce(exchange);
        assertFalse(retries.beginAfter(ErrorKind.UPSTREAM_RESET));
    }

    @Test
    void takesEachRetryFromTheBudgetOfTheUpstreamAndGivesItBackOnce() {
        Retries first = retries(exchange("GET", 0));
        Retries second = retries(exchange("GET", 0));
        Retries third = retries(exchange("GET", 0));
        assertTrue(first.beginAfter(ErrorKind.UPSTREAM_RESET));
        assertTrue(second.beginInsteadOf(503));
        assertFalse(third.beginAfter(ErrorKind.UPSTREAM_RESET), "a third retry at once");
        first.end();
        first.release();
        assertTrue(third.beginAfter(ErrorKind.UPSTREAM_RESET));
        assertFalse(first.beginAfter(ErrorKind.UPSTREAM_RESET), "released twice");
    }

    @Test
    void repeatsOnceAfterAStaleConnectionAndAtNoCost() {
        Retries retries = retries(exchange("GET", 0));
        assertTrue(retries.beginAfterStaleConnection());
        assertFalse(retries.beginAfterStaleConnection());
        assertTrue(retries(exchange("GET", 0)).beginAfter(ErrorKind.UPSTREAM_RESET));
        assertTrue(retries(exchange("GET", 0)).beginAfter(ErrorKind.UPSTREAM_RESET));
        assertFalse(retries(exchange("POST", 0)).beginAfterStaleConnection());
    }

    @Test
    void keepsABodyThatFitsAndRepeatsWithIt() {
        Retries retries = retries(exchange("PUT", 10));
        assertNotNull(retries.kept());
        retries.kept().read(Buffer.buffer("0123456789"));
        assertTrue(retries.beginAfter(ErrorKind.UPSTREAM_RESET));
        assertEquals("0123456789", retries.kept().bytes().toString());
        retries.release();
        assertFalse(retries.kept().isWhole(), "buffered without need");
    }

    @Test
    void repeatsNoRequestWhoseBodyIsNotKept() {
        Retries retries = retries(exchange("PUT", 11));
        assertNull(retries.kept());
        assertFalse(retries.beginAfter(ErrorKind.UPSTREAM_RESET));
        assertTrue(retries.beginAfter(ErrorKind.UPSTREAM_UNREACHABLE), "nothing of it was sent");
    }

    @Test
    void waitsNoLongerThanTheBoundOfTheNthRetry() {
        Exchange exchange = exchange("GET", 0);
        Retries retries = retries(exchange);
        for (int attempt = 1; attempt < 8; attempt++) {
            long most = Math.min(250, 25L << (attempt - 1));
            long wait = retries.backOff();
            assertTrue(wait >= 0 && wait <= most, wait + " ms before retry " + attempt);
            tryOnce(exchange);
        }
    }
}

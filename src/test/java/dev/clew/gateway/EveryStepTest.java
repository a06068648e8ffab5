package dev.clew.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.exchange.EpochClock;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.Loops;
import dev.clew.export.OtelSettings;
import dev.clew.export.Spans;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.filter.LimitFilter;
import dev.clew.filter.TraceFilter;
import dev.clew.journal.Journal;
import dev.clew.network.Networks;
import dev.clew.observe.Methods;
import dev.clew.observe.RequestJournal;
import dev.clew.observe.RequestRecord;
import dev.clew.observe.Telemetry;
import dev.clew.proxy.UpstreamProxy;
import dev.clew.tenant.Tenants;
import dev.clew.tenant.limit.TenantShare;
import dev.clew.trace.context.RandomIds;
import dev.clew.trace.force.ForcedTracing;
import dev.clew.upstream.UpstreamPools;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fails once at each step of a request between client and upstream. After each failure, the client gets a response or a
 * close, the exchange ends exactly once, and all acquired permits are released.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class EveryStepTest {

    /** The log, silenced: two thousand stack traces of intended failures would fill most of a build's output. */
    private static final Logger LOG = Logger.getLogger("dev.clew");

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final String TENANT =
            """
            hosts: [localhost]
            limits: {concurrent-requests: 1}
            upstreams:
              all:
                endpoints: ["http://127.0.0.1:PORT"]
                connections: 1
                pending-requests: 1
                circuit-breaker: {connect-failures: 0}
                timeout: {connect: 1s, response: 200ms, idle: 200ms}
                retry:
                  attempts: 2
                  on: [connect-failure, reset, timeout, 503]
                  methods: [GET, PUT]
                  buffer: 1K
                  budget: {share: 1}
              other:
                endpoints: ["http://127.0.0.1:PORT"]
                timeout: {connect: 1s, response: 200ms, idle: 200ms}
              impatient:
                endpoints: ["http://127.0.0.1:PORT"]
                connections: 1
                pending-requests: 1
                circuit-breaker: {connect-failures: 0}
                timeout: {connect: 1s, response: 40ms, idle: 200ms}
                retry:
                  attempts: 4
                  on: [connect-failure, reset, timeout]
                  methods: [PUT]
                  buffer: 1K
                  budget: {share: 1}
            routes:
              - {name: silent, match: {path: /silent-first}, upstream: impatient}
              - {name: copied, match: {path: /copied/**}, upstream: all, mirror: {upstream: other}}
              - {name: all, match: {path: /**}, upstream: all}
            """;

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final InjectedFault fault = new InjectedFault();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<Exchange> ended = new ConcurrentLinkedQueue<>();
    private Tenants tenants;
    private RequestRecord record;
    private UpstreamPools pools;
    private HttpServer gateway;
    private UpstreamByScript upstream;

    @BeforeAll
    static void logNothing() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAsBefore() {
        LOG.setLevel(null);
    }

    @BeforeEach
    void start() throws IOException {
        upstream = new UpstreamByScript(vertx);
        Files.createDirectories(root.resolve("tenants"));
        Files.writeString(root.resolve("tenants/acme.yaml"), TENANT.replace("PORT", Integer.toString(upstream.port())));
        LoadedConfiguration loaded =
                new ConfigDirectory(root, Map.<String, String>of()::get).load(GatewaySettings.STANDARD);
        assertEquals(List.of(), loaded.problems());
        tenants = new Tenants(loaded.snapshot());
        OtelSettings otel = OtelSettings.read(Map.<String, String>of()::get, "1");
        Telemetry telemetry = new Telemetry(
                Spans.ORIGIN, new Methods(otel.knownMethods()), loaded.settings(), names -> span -> {}, null, meters);
        telemetry.prepare(loaded.snapshot());
        record = new RequestRecord(
                telemetry,
                tenants,
                loaded.settings(),
                meters,
                new EpochClock(),
                new RequestJournal(
                        new Journal(1 << 20, 2),
                        otel.propagators(),
                        loaded.settings().accessLog()));
        pools = new UpstreamPools(fault.vertx((VertxInternal) vertx), meters, InternalSpans.NONE, isDirect());
        pools.prepare(loaded.snapshot());
        Router router = router(loaded, otel);
        gateway = ended(vertx.createHttpServer()
                .requestHandler(request -> router.handle(fault.request(request)))
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() {
        pools.close();
        ended(vertx.close());
    }

    /** Returns whether the gateway's own client carries the requests, rather than Vert.x's. */
    boolean isDirect() {
        return false;
    }

    /** Returns the request's pipeline as far as it concerns the end of a request. */
    private Router router(LoadedConfiguration loaded, OtelSettings otel) {
        RandomIds ids = new RandomIds();
        Loops loops = new Loops(vertx);
        TraceFilter trace = new TraceFilter(otel.propagators(), loaded.settings(), ForcedTracing.DISABLED, ids);
        Router router = Router.router(vertx);
        router.route()
                .handler(context -> open(context, loops))
                .handler(trace)
                .handler(this::limit)
                .handler(new UpstreamProxy(pools, otel.propagators(), loaded.settings(), ids, record.mirrorRecord()))
                .failureHandler(new FailureHandler(Exchange::of));
        return router;
    }

    private void open(RoutingContext context, Loops loops) {
        Exchange exchange = Exchange.begin(context, loops.current(), tenants, Networks.NONE, this::record);
        context.response().endHandler(end -> exchange.lifetime().end());
        exchange.routing(RequestRouting.locate(exchange));
        context.next();
    }

    private void record(Exchange exchange) {
        ended.add(exchange);
        try {
            record.ended(exchange);
        } finally {
            LimitFilter.release(exchange);
        }
    }

    private void limit(RoutingContext context) {
        Exchange exchange = Exchange.of(context);
        TenantShare share = exchange.routed().tenant().share();
        assertTrue(share.tryBegin(), "the previous request has not released its permit");
        exchange.counted(true);
        fault.arm();
        context.next();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_1_1, GET, /ok",
        "HTTP_1_1, PUT, /ok",
        "HTTP_1_1, PUT, /busy-first",
        "HTTP_1_1, PUT, /reset-first",
        "HTTP_1_1, PUT, /silent-first",
        "HTTP_1_1, GET, /garbage",
        "HTTP_1_1, GET, /breaks-off",
        "HTTP_1_1, GET, /chunked",
        "HTTP_1_1, PUT, /hints",
        "HTTP_1_1, PUT, /copied/ok",
        "HTTP_1_1, GET, /upgrade",
        "HTTP_2, GET, /ok",
        "HTTP_2, PUT, /ok",
        "HTTP_2, PUT, /busy-first",
        "HTTP_2, PUT, /reset-first",
        "HTTP_2, PUT, /silent-first",
        "HTTP_2, PUT, /garbage",
        "HTTP_2, GET, /breaks-off",
        "HTTP_2, GET, /chunked",
        "HTTP_2, PUT, /copied/ok",
    })
    void failsAndTheRequestEndsWithAllItsPlaces(HttpVersion version, String method, String path) {
        fault.plan(-1, false);
        String usual = send(version, method, path);
        int steps = fault.steps();
        assertTrue(steps > 5, () -> "only " + steps + " steps were seen");
        for (int step = 0; step < steps; step++) {
            for (boolean after : new boolean[] {false, true}) {
                fault.plan(step, after);
                send(version, method, path);
            }
        }
        fault.plan(-1, false);
        assertEquals(usual, send(version, method, path), "a request after all faults");
    }

    /** Sends a request; returns the client's response or "end". */
    private String send(HttpVersion version, String method, String path) {
        ended.clear();
        upstream.forget();
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setKeepAlive(false));
        try {
            Future<?> outcome = client.request(new RequestOptions()
                            .setMethod(HttpMethod.valueOf(method))
                            .setHost("localhost")
                            .setServer(io.vertx.core.net.SocketAddress.inetSocketAddress(
                                    gateway.actualPort(), "127.0.0.1"))
                            .setURI(path))
                    .compose(request -> exchange(request, path));
            until("response or end", outcome::isComplete);
            until("end of the exchange", () -> !ended.isEmpty());
            until("released permit at the upstream", () -> active() == 0);
            until("unused configuration", () -> !tenants.isInUse());
            assertEquals(1, ended.size(), () -> "times the exchange ended after " + fault.hit());
            assertTrue(
                    ended.peek().attempts().stream().allMatch(attempt -> attempt.endNanos() != 0),
                    () -> "active attempt after " + fault.hit());
            return outcome.succeeded() ? String.valueOf(outcome.result()) : "end";
        } finally {
            client.close();
        }
    }

    private static Future<?> exchange(HttpClientRequest request, String path) {
        request.exceptionHandler(gone -> {});
        if (path.equals("/upgrade")) {
            request.putHeader("Connection", "Upgrade").putHeader("Upgrade", "echo");
            return request.connect().compose(EveryStepTest::useTunnel);
        }
        Future<HttpClientResponse> response = request.response();
        if (request.getMethod().equals(HttpMethod.PUT)) {
            request.putHeader("Content-Length", "8").write("half");
            request.end("full");
        } else {
            request.end();
        }
        return response.compose(head -> head.body().map(body -> head.statusCode()));
    }

    private static Future<Void> useTunnel(HttpClientResponse response) {
        if (response.statusCode() != 101) {
            return response.end();
        }
        NetSocket socket = response.netSocket();
        io.vertx.core.Promise<Void> closed = io.vertx.core.Promise.promise();
        socket.exceptionHandler(broken -> {});
        socket.closeHandler(closed::tryComplete);
        socket.handler(echo -> socket.close());
        socket.write(Buffer.buffer("ping"));
        return closed.future();
    }

    private double active() {
        return List.of(
                        "clew.upstream.requests.active",
                        "clew.upstream.requests.pending",
                        "clew.upstream.retries.active")
                .stream()
                .flatMap(name -> meters.find(name).gauges().stream())
                .mapToDouble(Gauge::value)
                .sum();
    }

    private void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("no " + what + " after " + fault.hit());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static <T> T ended(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_NANOS, TimeUnit.NANOSECONDS)
                .join();
    }

    /** An upstream that behaves as a request's path specifies. */
    private static final class UpstreamByScript {

        private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

        private final NetServer server;
        private volatile boolean first = true;

        UpstreamByScript(Vertx vertx) {
            server = ended(vertx.createNetServer().connectHandler(this::serve).listen(0, "127.0.0.1"));
        }

        int port() {
            return server.actualPort();
        }

        void forget() {
            first = true;
        }

        private void serve(NetSocket socket) {
            Buffer received = Buffer.buffer();
            boolean[] tunnel = {false};
            socket.exceptionHandler(gone -> {});
            socket.handler(chunk -> {
                if (tunnel[0]) {
                    socket.write(chunk);
                    return;
                }
                String request = received.appendBuffer(chunk).toString();
                int body = request.indexOf("\r\n\r\n") + 4;
                boolean whole = body > 3 && (!request.startsWith("PUT") || request.length() - body >= 8);
                if (whole) {
                    tunnel[0] = request.contains(" /upgrade ");
                    respond(socket, request.substring(0, request.indexOf(" HTTP")));
                }
            });
        }

        private void respond(NetSocket socket, String line) {
            boolean again = !first;
            first = false;
            if (again && line.endsWith("-first")) {
                socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"));
                return;
            }
            switch (line.substring(line.lastIndexOf('/'))) {
                case "/busy-first" -> socket.write("HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nbusy");
                case "/reset-first" -> socket.close();
                case "/silent-first" -> {}
                case "/garbage" -> socket.write("garbage\r\n\r\n");
                case "/breaks-off" -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"));
                case "/chunked" ->
                    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: x-t\r\n\r\n2\r\nok\r\n")
                            .onComplete(sent -> socket.write("0\r\nx-t: 1\r\n\r\n"));
                case "/hints" -> socket.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK);
                case "/upgrade" ->
                    socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
                default -> socket.write(OK);
            }
        }
    }
}

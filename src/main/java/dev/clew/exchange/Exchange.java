package dev.clew.exchange;

import dev.clew.access.Identity;
import dev.clew.error.GatewayError;
import dev.clew.network.Caller;
import dev.clew.network.Networks;
import dev.clew.route.RequestFacts;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.Tenants;
import dev.clew.tenant.route.Branch;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.trace.context.StartedTrace;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response inside the gateway: the only per-request state. Each filter fills in its part in
 * pipeline order; reading a part before its filter has run is a bug in the pipeline and throws.
 *
 * <p>Not thread-safe: an exchange is confined to its request's event loop.
 */
public final class Exchange {

    private static final String KEY = "clew.exchange";

    private final RoutingContext context;
    private final Loop loop;
    private final long startNanos = System.nanoTime();
    private final RequestHead head;
    private final Caller caller;
    private final RequestFacts facts;
    private final Lifetime lifetime;
    private final Snapshot snapshot;
    private final List<AttemptRecord> attempts = new ArrayList<>(1);

    private @Nullable RoutingResult routing;
    private @Nullable StartedTrace trace;
    private boolean counted;
    private @Nullable Identity identity;
    private @Nullable Branch branch;
    private @Nullable GatewayError failure;
    private @Nullable TunnelBytes tunnelBytes;
    private boolean forced;
    private @Nullable String mirrorFate;

    private Exchange(
            RoutingContext context, Loop loop, Tenants tenants, Networks proxies, Consumer<Exchange> whenEnded) {
        this.context = context;
        this.loop = loop;
        this.head = RequestHead.read(context.request());
        this.caller = CallerFields.read(context.request(), head.authority(), proxies);
        this.facts = new SentFields(context.request().headers(), head.target());
        this.lifetime = new Lifetime(this, whenEnded);
        // Acquired last: if the constructor threw earlier, nothing would release it.
        this.snapshot = tenants.begin();
    }

    /**
     * Begins an exchange on the current snapshot, and keeps that snapshot across reloads until {@link Lifetime#end}
     * releases it.
     *
     * @param proxies the trusted proxies, whose forwarded fields determine the {@link #caller}
     * @param whenEnded called once by {@link Lifetime#end}
     */
    public static Exchange begin(
            RoutingContext context, Loop loop, Tenants tenants, Networks proxies, Consumer<Exchange> whenEnded) {
        Exchange exchange = new Exchange(context, loop, tenants, proxies, whenEnded);
        context.put(KEY, exchange);
        return exchange;
    }

    /** Returns the exchange begun on this context. */
    public static Exchange of(RoutingContext context) {
        return Objects.requireNonNull(find(context), "no exchange was begun");
    }

    /** Returns the exchange begun on this context; null if the request failed before any filter ran. */
    public static @Nullable Exchange find(RoutingContext context) {
        return context.get(KEY);
    }

    public HttpServerRequest request() {
        return context.request();
    }

    public HttpServerResponse response() {
        return context.response();
    }

    public Loop loop() {
        return loop;
    }

    public RequestHead head() {
        return head;
    }

    /** Returns the client as the connection, or a trusted proxy, identifies it. */
    public Caller caller() {
        return caller;
    }

    /** Returns the request's properties that select its tenant, route and upstream. */
    public RequestFacts facts() {
        return facts;
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** Returns when the request head had been read, in {@link System#nanoTime} time. */
    public long startNanos() {
        return startNanos;
    }

    /** Returns the result of routing: the tenant and route, or the reason for having none. */
    public RoutingResult routing() {
        return Objects.requireNonNull(routing, "not routed");
    }

    public void routing(RoutingResult found) {
        routing = found;
    }

    /** Returns the routed request; throws in filters in front of the one that rejects unrouted requests. */
    public RoutedRequest routed() {
        if (routing instanceof RoutedRequest request) {
            return request;
        }
        throw new IllegalStateException("not routed");
    }

    /** Returns the tenant; null if the host is unknown or malformed, and before routing. */
    public @Nullable TenantEntry tenant() {
        return routing == null ? null : routing.tenant();
    }

    /** Returns the route; null if none matched. */
    public @Nullable Route route() {
        return routing == null ? null : routing.route();
    }

    public StartedTrace trace() {
        return Objects.requireNonNull(trace, "no trace was started");
    }

    public boolean isTraced() {
        return trace != null;
    }

    /** Returns whether a token forced the trace. */
    public boolean isForced() {
        return forced;
    }

    public void forced() {
        forced = true;
    }

    /** Returns whether the request was mirrored, or why not; null if it was not selected. */
    public @Nullable String mirrorFate() {
        return mirrorFate;
    }

    public void mirrorDecided(String fate) {
        mirrorFate = fate;
    }

    public void traced(StartedTrace started) {
        trace = started;
    }

    /** Returns the chosen upstream branch; null if none was chosen, or not yet. */
    public @Nullable Branch branch() {
        return branch;
    }

    public void branchChosen(Branch chosen) {
        branch = chosen;
    }

    /** Returns whether the request is counted in its tenant's concurrency limit. */
    public boolean isCounted() {
        return counted;
    }

    public void counted(boolean underWay) {
        counted = underWay;
    }

    /** Returns the authenticated caller; null if there is none. */
    public @Nullable Identity identity() {
        return identity;
    }

    public void authenticated(Identity caller) {
        identity = caller;
    }

    /** Returns the request's failure; null if there is none. */
    public @Nullable GatewayError failure() {
        return failure;
    }

    /** Records the failure. Later calls are ignored: what follows a failure is its echo. */
    public void failed(GatewayError error) {
        if (failure == null) {
            failure = error;
        }
    }

    /** Fails the request; the pipeline's failure handler sends the error response. */
    public void fail(GatewayError error) {
        failed(error);
        context.fail(error);
    }

    public List<AttemptRecord> attempts() {
        return attempts;
    }

    public AttemptRecord beginAttempt(String spanId, Endpoint endpoint, boolean probe) {
        AttemptRecord attempt = new AttemptRecord(spanId, endpoint, System.nanoTime(), probe);
        attempts.add(attempt);
        return attempt;
    }

    public Lifetime lifetime() {
        return lifetime;
    }

    /** Returns the byte counts of the tunnel; null while the connection speaks HTTP. */
    public @Nullable TunnelBytes tunnelBytes() {
        return tunnelBytes;
    }

    public void leftHttp(TunnelBytes counted) {
        tunnelBytes = counted;
    }
}

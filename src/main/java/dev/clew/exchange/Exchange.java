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
 * One request and its response inside the gateway: the only per-request state there is. Each filter fills in its part,
 * in the order of the pipeline; asking for a part before its filter has run is a mistake in the pipeline and fails.
 *
 * <p>Not thread-safe: an exchange lives on its request's event loop.
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

    private @Nullable Located located;
    private @Nullable StartedTrace trace;
    private boolean counted;
    private @Nullable Identity identity;
    private @Nullable Branch branch;
    private @Nullable GatewayError failure;
    private @Nullable TunnelBytes tunnelBytes;

    private Exchange(
            RoutingContext context, Loop loop, Tenants tenants, Networks proxies, Consumer<Exchange> whenEnded) {
        this.context = context;
        this.loop = loop;
        this.head = RequestHead.read(context.request());
        this.caller = CallerFields.read(context.request(), head.authority(), proxies);
        this.facts = new SentFields(context.request().headers(), head.target());
        this.lifetime = new Lifetime(this, whenEnded);
        // Last: an exchange that does not come about would never give it back.
        this.snapshot = tenants.begin();
    }

    /**
     * Begins an exchange on the snapshot now in force. It keeps that one, whatever is applied meanwhile, until
     * {@link Lifetime#end}, which gives it back.
     *
     * @param proxies whose word on the {@link #caller} is believed
     * @param whenEnded called once, when {@link Lifetime#end} is called
     */
    public static Exchange begin(
            RoutingContext context, Loop loop, Tenants tenants, Networks proxies, Consumer<Exchange> whenEnded) {
        Exchange exchange = new Exchange(context, loop, tenants, proxies, whenEnded);
        context.put(KEY, exchange);
        return exchange;
    }

    /** The exchange that was begun on this context. */
    public static Exchange of(RoutingContext context) {
        return Objects.requireNonNull(find(context), "no exchange was begun");
    }

    /** As {@link #of}, or null when the request failed before any filter ran. */
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

    /** Returns the sender of the request. */
    public Caller caller() {
        return caller;
    }

    /** The facts that decide about the tenant, the route and the upstream. */
    public RequestFacts facts() {
        return facts;
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** When the request's head had been read, as {@link System#nanoTime} counts. */
    public long startNanos() {
        return startNanos;
    }

    /** The tenant and the route, or why there is none. */
    public Located located() {
        return Objects.requireNonNull(located, "not located");
    }

    public void located(Located found) {
        located = found;
    }

    /** The request with its tenant and its route; only behind the filter that refuses a request without. */
    public RoutedRequest routed() {
        if (located instanceof RoutedRequest request) {
            return request;
        }
        throw new IllegalStateException("not routed");
    }

    /** Null for an unknown or malformed host, and before one was looked for. */
    public @Nullable TenantEntry tenant() {
        return located == null ? null : located.tenant();
    }

    /** Null when no route was found. */
    public @Nullable Route route() {
        return located == null ? null : located.route();
    }

    public StartedTrace trace() {
        return Objects.requireNonNull(trace, "no trace was started");
    }

    public boolean isTraced() {
        return trace != null;
    }

    public void traced(StartedTrace started) {
        trace = started;
    }

    /** Where the request goes; null while, or because, it goes to no upstream. */
    public @Nullable Branch branch() {
        return branch;
    }

    public void branchChosen(Branch chosen) {
        branch = chosen;
    }

    /** Returns whether the request is counted among those of its tenant that are under way. */
    public boolean isCounted() {
        return counted;
    }

    public void counted(boolean underWay) {
        counted = underWay;
    }

    /** Who the caller has proved to be; null for nobody. */
    public @Nullable Identity identity() {
        return identity;
    }

    public void authenticated(Identity caller) {
        identity = caller;
    }

    /** Null while nothing went wrong. */
    public @Nullable GatewayError failure() {
        return failure;
    }

    /** Takes the first failure only: what follows is its echo. */
    public void failed(GatewayError error) {
        if (failure == null) {
            failure = error;
        }
    }

    /** Fails the request; the pipeline's error responder answers it. */
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

    /** Null while, as nearly always, the connection stays with HTTP. */
    public @Nullable TunnelBytes tunnelBytes() {
        return tunnelBytes;
    }

    public void leftHttp(TunnelBytes counted) {
        tunnelBytes = counted;
    }
}

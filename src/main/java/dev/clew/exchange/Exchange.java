package dev.clew.exchange;

import dev.clew.access.Identity;
import dev.clew.error.GatewayError;
import dev.clew.route.Match;
import dev.clew.route.RequestFacts;
import dev.clew.route.RequestPath;
import dev.clew.route.RequestTarget;
import dev.clew.tenant.Branch;
import dev.clew.tenant.Endpoint;
import dev.clew.tenant.Route;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantResolver.Resolution;
import dev.clew.tenant.TenantShare;
import dev.clew.trace.context.InboundTrust;
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
 * One request and its response inside the gateway: the only per-request state there is. Each filter fills in its part, in
 * the order of the pipeline; asking for a part before its filter has run is a mistake in the pipeline and fails.
 *
 * <p>Not thread-safe: an exchange lives on its request's event loop.
 */
public final class Exchange {

    private static final String KEY = "clew.exchange";

    private final RoutingContext context;
    private final Loop loop;
    private final long startNanos = System.nanoTime();
    private final Snapshot snapshot;
    private final Lifetime lifetime;
    private final RequestHead head;
    private final List<AttemptRecord> attempts = new ArrayList<>(1);

    private @Nullable Resolution resolution;
    private @Nullable StartedTrace trace;
    private @Nullable InboundTrust inboundTrust;
    private @Nullable RequestPath path;
    private @Nullable Match<Route> match;
    private @Nullable TenantShare share;
    private @Nullable Identity identity;
    private @Nullable Route route;
    private @Nullable Branch branch;
    private @Nullable GatewayError failure;
    private @Nullable PipedBytes piped;

    private Exchange(RoutingContext context, Loop loop, Snapshot snapshot, Consumer<Exchange> whenEnded) {
        this.context = context;
        this.loop = loop;
        this.snapshot = snapshot;
        this.lifetime = new Lifetime(this, whenEnded);
        this.head = RequestHead.read(context.request());
    }

    /**
     * Begins an exchange on the snapshot now in force; it keeps that one whatever is applied meanwhile.
     *
     * @param whenEnded told once, when {@link Lifetime#end} is called
     */
    public static Exchange begin(RoutingContext context, Loop loop, Snapshot snapshot, Consumer<Exchange> whenEnded) {
        Exchange exchange = new Exchange(context, loop, snapshot, whenEnded);
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

    /** What was asked for; only after a request without one has been refused. */
    public RequestTarget target() {
        return Objects.requireNonNull(head.target(), "no target");
    }

    /** What decides about the tenant and the route. */
    public RequestFacts facts() {
        return new SentFields(request().headers(), head.target());
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** When the request's head had been read, as {@link System#nanoTime} counts. */
    public long startNanos() {
        return startNanos;
    }

    public Resolution resolution() {
        return Objects.requireNonNull(resolution, "no tenant was looked for");
    }

    public void resolved(Resolution toTenant) {
        resolution = toTenant;
    }

    /** Null for an unknown or malformed host. */
    public @Nullable TenantEntry tenant() {
        return resolution == null ? null : resolution.tenant();
    }

    public StartedTrace trace() {
        return Objects.requireNonNull(trace, "no trace was started");
    }

    public boolean isTraced() {
        return trace != null;
    }

    /** @param trust how much of the caller's context was believed */
    public void traced(StartedTrace started, InboundTrust trust) {
        trace = started;
        inboundTrust = trust;
    }

    public InboundTrust inboundTrust() {
        return Objects.requireNonNull(inboundTrust, "no trace was started");
    }

    /** Null when no route was found. */
    public @Nullable Route route() {
        return route;
    }

    /** Where the request goes; null while, or because, it goes to no upstream. */
    public @Nullable Branch branch() {
        return branch;
    }

    public void goesTo(Branch chosen) {
        branch = chosen;
    }

    public RequestPath path() {
        return Objects.requireNonNull(path, "not routed");
    }

    /** What was found for the path; null when none was looked for, or the path is malformed. */
    public @Nullable Match<Route> match() {
        return match;
    }

    public void matched(Match<Route> found, RequestPath requestPath) {
        match = found;
        path = requestPath;
        route = found instanceof Match.Found<Route> here ? here.target() : null;
    }

    /** The tenant's share that this request has a part of; null when it has none. */
    public @Nullable TenantShare share() {
        return share;
    }

    public void takesPartOf(@Nullable TenantShare tenantShare) {
        share = tenantShare;
    }

    /** Who the caller has proved to be; null for nobody. */
    public @Nullable Identity identity() {
        return identity;
    }

    public void provedToBe(Identity caller) {
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
    public @Nullable PipedBytes piped() {
        return piped;
    }

    public void leavesHttp(PipedBytes counted) {
        piped = counted;
    }
}

package dev.clew.upstream;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.HealthCheck;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.upstream.wire.StrictResponses;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One upstream at run time: permits, retry budget, circuit breaker, addresses and their connections. */
public final class UpstreamPool {

    private final Upstream upstream;
    private final Permits permits;
    private final RetryBudget retries;
    private final Targets targets;
    private final Circuit circuit;
    private final ReconnectProbe reconnect;
    private final Lookups lookups;
    private final @Nullable HealthChecks checks;
    private final UpstreamMetrics metrics;
    private final ContextInternal control;
    private final boolean countsRequests;
    private final boolean ejects;
    private final AtomicBoolean begun = new AtomicBoolean();
    private boolean closed;

    /**
     * @param responses for its connections, accounted to the tenant
     * @param direct as in {@link ClientFactory}
     */
    UpstreamPool(
            VertxInternal vertx,
            SharedMeters meters,
            AddressLookup names,
            StrictResponses responses,
            boolean direct,
            Upstream upstream) {
        String tenant = responses.owner().owner();
        String name = tenant + '/' + upstream.name();
        this.upstream = upstream;
        this.permits = new Permits(
                upstream.connections().atOnce(), upstream.connections().pending());
        this.retries = new RetryBudget(upstream.retry().budget());
        this.control = vertx.createEventLoopContext();
        this.metrics = new UpstreamMetrics(meters, tenant, upstream.name());
        ClientFactory clients = new ClientFactory(vertx, upstream.connections(), responses, direct, this::begin);
        this.targets = new Targets(name, upstream, clients, control);
        this.reconnect = new ReconnectProbe(targets, control, clients);
        CircuitBreaker breaker = upstream.selection().circuitBreaker();
        Circuit.Listener reporter = new CircuitReporter(name, breaker.openFor(), metrics, this::startReconnecting);
        this.circuit = new Circuit(breaker, targets::areUnreachable, System::nanoTime, reporter);
        this.lookups = new Lookups(name, upstream, targets, circuit, names, control, metrics);
        HealthCheck check = upstream.selection().check();
        this.checks = check == null ? null : new HealthChecks(check, targets, circuit, control, clients, metrics);
        this.countsRequests = upstream.selection().balancing().policy() instanceof Balancing.LeastRequests;
        this.ejects = upstream.selection().ejection().failures() > 0;
    }

    /**
     * Connects once, and starts periodic name resolution.
     *
     * @param whenEnded runs after success or failure
     */
    void connectOnce(Runnable whenEnded) {
        begin();
        control.runOnContext(now -> reconnect.connect(connected -> whenEnded.run()));
    }

    private void startReconnecting() {
        if (circuit.isUnreachable()) {
            reconnect.start(circuit);
        }
    }

    /**
     * Starts name resolution, health checks and metrics; idempotent. Called on the first request, because many tenants
     * are idle for days, or at creation if the upstream has health checks.
     */
    void begin() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        metrics.gauges(permits::inside, permits::waiting, retries::active);
        metrics.circuit(circuit);
        for (int i = 0; i < upstream.endpoints().size(); i++) {
            int endpoint = i;
            metrics.endpoint(
                    upstream.endpoints().get(i), () -> targets.count(endpoint), () -> countAvailable(endpoint));
        }
        if (lookups.areNeeded()) {
            repeat(upstream.selection().lookUpEvery(), lookups::lookUp);
        }
        HealthCheck check = upstream.selection().check();
        if (checks != null && check != null) {
            repeat(check.interval(), checks::run);
        }
    }

    private long countAvailable(int endpoint) {
        return circuit.isDown() ? 0 : targets.countAvailable(endpoint);
    }

    /**
     * Runs the action now and at each interval. Each run schedules the next one, so that none follows {@link #close}.
     */
    private void repeat(Duration interval, Runnable action) {
        control.runOnContext(now -> run(interval, action));
    }

    private void run(Duration interval, Runnable action) {
        if (!closed) {
            // First, so that an exception in the action does not end the series.
            control.setTimer(interval.toMillis(), next -> run(interval, action));
            action.run();
        }
    }

    public Upstream upstream() {
        return upstream;
    }

    /** Returns the circuit breaker. */
    public Circuit circuit() {
        return circuit;
    }

    /** Returns the state for operators. */
    public PoolStatus status() {
        return new PoolStatus(
                circuit.name(),
                permits.inside(),
                permits.waiting(),
                retries.active(),
                targets.all().stream().map(Target::status).toList());
    }

    /** Counts a rejection by the circuit, and returns its error. */
    public GatewayError reject() {
        metrics.rejectedByCircuit();
        return circuit.rejection();
    }

    /** Acquires a permit if one is free; each is returned by {@link #release} exactly once. */
    public boolean tryAcquire() {
        return permits.tryAcquire();
    }

    /** Queues a request for a permit; returns false when the queue is full. */
    public boolean tryQueue(PendingRequest request) {
        return permits.tryQueue(request);
    }

    public void release() {
        permits.release();
    }

    /** Takes a retry from the budget; each is returned by {@link #endRetry} exactly once. */
    public boolean tryRetry() {
        boolean begun = retries.tryBegin(permits.inside());
        if (!begun) {
            metrics.rejectedRetry();
        }
        return begun;
    }

    public void endRetry() {
        retries.end();
    }

    /**
     * Begins an attempt and chooses its address. Returns null when the {@link #circuit} rejects it.
     *
     * @param before the address of the previous, failed attempt, or null
     */
    public @Nullable Dispatch dispatch(Exchange exchange, @Nullable Target before) {
        Circuit.Pass pass = circuit.tryAdmit();
        return pass == null ? null : dispatch(exchange, before, pass);
    }

    /** As {@link #dispatch}, for a mirrored request. */
    public Dispatch dispatchMirror(Exchange exchange) {
        return dispatch(exchange, null, null);
    }

    private Dispatch dispatch(Exchange exchange, @Nullable Target before, Circuit.@Nullable Pass pass) {
        Target target = targets.choose(exchange, before);
        LoopClient client = target.clientOf(exchange.loop());
        client.attemptStarted();
        if (countsRequests) {
            target.activeRequests().incrementAndGet();
        }
        return new Dispatch(this, target, client, pass);
    }

    /** See {@link Dispatch#ended}. */
    void ended(Target target, LoopClient client, int status, @Nullable ErrorKind failure) {
        client.attemptEnded(status >= 500 || failure != null && failure.fault() == ErrorKind.Fault.UPSTREAM);
        if (countsRequests) {
            target.activeRequests().decrementAndGet();
        }
        AttemptResult result = AttemptResult.of(status, null, failure, false);
        if (result != AttemptResult.UNKNOWN) {
            target.health().reached(result != AttemptResult.UNREACHABLE);
        }
        if (ejects) {
            judge(target, status, failure);
        }
    }

    private void judge(Target target, int status, @Nullable ErrorKind failure) {
        boolean serverError = status >= 500 && upstream.selection().ejection().serverErrors();
        if (serverError || (failure != null && failure.fault() == ErrorKind.Fault.UPSTREAM)) {
            targets.failed(target, metrics::ejected);
        } else if (status != 0) {
            target.health().succeeded();
        }
    }

    /** Stops lookups and checks, and closes each connection once idle. Called when no further request arrives. */
    void retire() {
        end();
        targets.retire();
    }

    /** Closes all connections, and stops lookups and checks. */
    void close() {
        end();
        targets.close();
    }

    private void end() {
        control.runOnContext(now -> closed = true);
        reconnect.close();
        if (checks != null) {
            checks.close();
        }
        metrics.remove();
    }
}

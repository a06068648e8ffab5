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

/** One upstream as requests meet it: its bounds, and the addresses it is found at. */
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

    /** @param responses of its connections, whose owner is the tenant */
    UpstreamPool(
            VertxInternal vertx,
            SharedMeters meters,
            AddressLookup names,
            StrictResponses responses,
            Upstream upstream) {
        String tenant = responses.owner().owner();
        String name = tenant + '/' + upstream.name();
        this.upstream = upstream;
        this.permits = new Permits(
                upstream.connections().atOnce(), upstream.connections().pending());
        this.retries = new RetryBudget(upstream.retry().budget());
        this.control = vertx.createEventLoopContext();
        this.metrics = new UpstreamMetrics(meters, tenant, upstream.name());
        ClientFactory clients = new ClientFactory(vertx, upstream.connections(), responses, this::begin);
        this.targets = new Targets(name, upstream, clients, control);
        this.reconnect = new ReconnectProbe(targets, control, clients);
        CircuitBreaker breaker = upstream.selection().circuitBreaker();
        Circuit.Listener watch = new CircuitReporter(name, breaker.openFor(), metrics, this::startReconnecting);
        this.circuit = new Circuit(breaker, targets::areUnreachable, System::nanoTime, watch);
        this.lookups = new Lookups(name, upstream, targets, circuit, names, control, metrics);
        HealthCheck check = upstream.selection().check();
        this.checks = check == null ? null : new HealthChecks(check, targets, circuit, control, clients, metrics);
        this.countsRequests = upstream.selection().balancing().policy() instanceof Balancing.LeastRequests;
        this.ejects = upstream.selection().ejection().failures() > 0;
    }

    /**
     * Connects to the upstream once, and looks its names up from now on.
     *
     * @param whenEnded runs however that ended
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
     * Begins to look names up, to check and to be measured: with the first request, since many tenants have none for days, or
     * when it is made, if there is something to check. Later calls do nothing.
     */
    void begin() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        metrics.gauges(permits::inside, permits::waiting, retries::underWay);
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

    /** Now and from then on. The next time is set each time, so that nothing runs on once this is closed. */
    private void repeat(Duration interval, Runnable action) {
        control.runOnContext(now -> run(interval, action));
    }

    private void run(Duration interval, Runnable action) {
        if (!closed) {
            // First, so that a fault of the action is not its last time.
            control.setTimer(interval.toMillis(), next -> run(interval, action));
            action.run();
        }
    }

    public Upstream upstream() {
        return upstream;
    }

    /** Says whether the upstream is asked at all. */
    public Circuit circuit() {
        return circuit;
    }

    /** The failure of a request that the circuit refuses, which is counted. */
    public GatewayError refuse() {
        metrics.refusedByCircuit();
        return circuit.refusal();
    }

    /** Enters now if there is room; whoever entered calls {@link #release} exactly once. */
    public boolean tryAcquire() {
        return permits.tryAcquire();
    }

    /** Joins the line for a place; false when the line is full. */
    public boolean tryQueue(PendingRequest waiter) {
        return permits.tryQueue(waiter);
    }

    public void release() {
        permits.release();
    }

    /** Takes part of the budget for a retry; whoever did calls {@link #endRetry} exactly once. */
    public boolean tryRetry() {
        boolean begun = retries.tryBegin(permits.inside());
        if (!begun) {
            metrics.refusedRetry();
        }
        return begun;
    }

    public void endRetry() {
        retries.end();
    }

    /**
     * Begins an attempt: chooses where it goes. Null when the {@link #circuit} refuses it.
     *
     * @param before where the attempt before failed, or null
     */
    public @Nullable Dispatch dispatch(Exchange exchange, @Nullable Target before) {
        Circuit.Pass pass = circuit.tryAdmit();
        return pass == null ? null : dispatch(exchange, before, pass);
    }

    /** As {@link #dispatch}, for a copy of a request. */
    public Dispatch dispatchMirror(Exchange exchange) {
        return dispatch(exchange, null, null);
    }

    private Dispatch dispatch(Exchange exchange, @Nullable Target before, Circuit.@Nullable Pass pass) {
        Target target = targets.choose(exchange, before);
        LoopClient client = target.clientOf(exchange.loop());
        client.attemptStarted();
        if (countsRequests) {
            target.underWay().incrementAndGet();
        }
        return new Dispatch(this, target, client, pass);
    }

    /** See {@link Dispatch#ended}. */
    void ended(Target target, LoopClient client, int status, @Nullable ErrorKind failure) {
        client.attemptEnded();
        if (countsRequests) {
            target.underWay().decrementAndGet();
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

    /** Ends look-ups and checks, and each connection that no request uses; to be called when no request comes any more. */
    void retire() {
        end();
        targets.retire();
    }

    /** Ends all connections, look-ups and checks. */
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

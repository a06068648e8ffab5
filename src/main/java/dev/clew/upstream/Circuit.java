package dev.clew.upstream;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.error.GrpcStatus;
import dev.clew.tenant.upstream.CircuitBreaker;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one upstream: closed, it admits all attempts and counts failures; open, it rejects them;
 * half-open, it admits a few probes that decide whether it closes or opens again.
 *
 * <p>Shared by the event loops without a lock. Each state is a separate object and is the {@link Pass} of the attempts
 * it admitted, so that an attempt that ends in a later state than it began in is not counted there.
 */
public final class Circuit {

    /** An admitted attempt. */
    public interface Pass {

        /** Returns whether the attempt was admitted by a half-open circuit. */
        boolean isProbe();
    }

    /** Causes of a circuit's opening. */
    enum Cause {
        UNREACHABLE("no address accepts connections"),
        CONSECUTIVE_FAILURES("of consecutive failures"),
        FAILURE_RATIO("of the failure ratio"),
        PROBE_FAILED("a probe failed");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Receives each state change, on the thread that made it. */
    interface Listener {

        void opened(Cause cause);

        void halfOpened();

        void closed();
    }

    private static final long SECOND_NANOS = 1_000_000_000;

    /** The pass of an attempt whose result has been counted. */
    private static final Pass USED = () -> false;

    private final CircuitBreaker settings;
    private final BooleanSupplier noAddressConnects;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private final AtomicReference<CircuitState> state;

    /**
     * Creates a closed circuit.
     *
     * @param noAddressConnects whether the latest attempt at every address failed to connect
     * @param nanoTime as {@link System#nanoTime}
     */
    Circuit(CircuitBreaker settings, BooleanSupplier noAddressConnects, LongSupplier nanoTime, Listener listener) {
        this.settings = settings;
        this.noAddressConnects = noAddressConnects;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.state = new AtomicReference<>(closedState());
    }

    private CircuitState.Closed closedState() {
        return new CircuitState.Closed(settings, noAddressConnects, nanoTime);
    }

    /** Admits an attempt, whose end is then reported to {@link #ended}; returns null when it is rejected. */
    public @Nullable Pass tryAdmit() {
        return state.get() instanceof CircuitState.Closed closed ? closed : tryAdmitProbe();
    }

    private @Nullable Pass tryAdmitProbe() {
        long now = nanoTime.getAsLong();
        if (state.get() instanceof CircuitState.Open open && open.isOver(now)) {
            change(open, new CircuitState.HalfOpen(settings, now, open.unreachable()), listener::halfOpened);
        }
        CircuitState current = state.get();
        if (current instanceof CircuitState.HalfOpen half) {
            return half.tryAdmit(now) ? half : null;
        }
        return current instanceof CircuitState.Closed closed ? closed : null;
    }

    /** Returns whether {@link #tryAdmit} would reject an attempt now. */
    public boolean rejects() {
        CircuitState current = state.get();
        if (current instanceof CircuitState.Closed) {
            return false;
        }
        long now = nanoTime.getAsLong();
        return current instanceof CircuitState.Open open
                ? !open.isOver(now)
                : current instanceof CircuitState.HalfOpen half && half.isFull(now);
    }

    /**
     * Returns the error for a rejected request, with the time until the next probe in {@code Retry-After}: whole
     * seconds, at least 1.
     */
    public GatewayError rejection() {
        long left = state.get() instanceof CircuitState.Open open ? open.untilNanos() - nanoTime.getAsLong() : 0;
        long seconds = Math.max(1, (left + SECOND_NANOS - 1) / SECOND_NANOS);
        return GatewayError.of(ErrorKind.CIRCUIT_OPEN, "The service is failing and gets no requests at the moment.")
                .withHeader("retry-after", Long.toString(seconds));
    }

    /** Returns the state's name: {@code closed}, {@code open} or {@code half-open}. */
    String name() {
        return isOpen() ? "open" : isHalfOpen() ? "half-open" : "closed";
    }

    boolean isOpen() {
        return state.get() instanceof CircuitState.Open;
    }

    boolean isHalfOpen() {
        return state.get() instanceof CircuitState.HalfOpen;
    }

    /** Returns whether the circuit is closed. */
    public boolean isClosed() {
        return state.get() instanceof CircuitState.Closed;
    }

    /**
     * Returns whether all addresses count as unavailable: while no connection can be established or, after other
     * failures, until the next probe is due.
     */
    boolean isDown() {
        return state.get() instanceof CircuitState.Open open
                ? open.unreachable() || !open.isOver(nanoTime.getAsLong())
                : isHalfOpen();
    }

    /** Returns whether the circuit is open or half-open only because no address accepts connections. */
    boolean isUnreachable() {
        CircuitState current = state.get();
        return current instanceof CircuitState.Open open
                ? open.unreachable()
                : current instanceof CircuitState.HalfOpen half && half.isUnreachable();
    }

    /**
     * Counts a response head: a failed status at once, and a probe's in any case, because its body may never end.
     *
     * @return the pass for the rest of the attempt
     */
    public Pass responded(Pass pass, int status) {
        boolean failed = AttemptResult.of(status, null, null, settings.serverErrors()) == AttemptResult.FAILED;
        if (!failed && !pass.isProbe()) {
            return pass;
        }
        ended(pass, status, null, null);
        return !failed && state.get() instanceof CircuitState.Closed closed ? closed : USED;
    }

    /**
     * Counts the end of an attempt; called once for each pass.
     *
     * @param status of the response; 0 when there was none
     * @param failure null when there was none, or none that concerns the upstream
     */
    public void ended(Pass pass, int status, @Nullable GrpcStatus grpc, @Nullable ErrorKind failure) {
        if (pass != state.get()) {
            return;
        }
        AttemptResult result = AttemptResult.of(status, grpc, failure, settings.serverErrors());
        if (pass instanceof CircuitState.Closed closed) {
            Cause cause = closed.count(result);
            if (cause != null) {
                open(closed, cause == Cause.UNREACHABLE, cause);
            }
        } else if (pass instanceof CircuitState.HalfOpen half) {
            judge(half, result);
        }
    }

    private void judge(CircuitState.HalfOpen half, AttemptResult result) {
        switch (result) {
            case UNKNOWN -> half.returnPermit();
            case SUCCEEDED -> {
                if (half.countSuccess()) {
                    change(half, closedState(), listener::closed);
                }
            }
            case FAILED -> open(half, false, Cause.PROBE_FAILED);
            case UNREACHABLE ->
                open(half, half.isUnreachable() || noAddressConnects.getAsBoolean(), Cause.PROBE_FAILED);
        }
    }

    private void open(CircuitState from, boolean unreachable, Cause cause) {
        long until = nanoTime.getAsLong() + settings.openFor().toNanos();
        change(from, new CircuitState.Open(until, unreachable), () -> listener.opened(cause));
    }

    /** Closes the circuit after a check outside the requests succeeded. */
    void close() {
        CircuitState current = Objects.requireNonNull(state.get());
        if (!(current instanceof CircuitState.Closed)) {
            change(current, closedState(), listener::closed);
        }
    }

    /** Lets the next request probe at once, because the upstream's addresses have changed. */
    void allowProbe() {
        if (state.get() instanceof CircuitState.Open open) {
            state.compareAndSet(open, new CircuitState.Open(nanoTime.getAsLong(), open.unreachable()));
        }
    }

    private void change(CircuitState from, CircuitState to, Runnable report) {
        if (state.compareAndSet(from, to)) {
            report.run();
        }
    }
}

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
 * The circuit breaker of one upstream: closed, it lets all attempts through and counts failures; open, none; half-open,
 * a few that decide which of the two it will be.
 *
 * <p>Shared by the event loops without a lock. A state is an object of its own and is the {@link Pass} of the attempts
 * that it let through: what ends in a later state than it began in says nothing about that one.
 */
public final class Circuit {

    /** An attempt that was let through. */
    public interface Pass {

        /** Returns whether it is one of those that try an upstream whose circuit was open. */
        boolean isProbe();
    }

    /** Causes of a circuit's opening. */
    enum Cause {
        UNREACHABLE("no address gives a connection"),
        CONSECUTIVE_FAILURES("attempts failed in a row"),
        FAILURE_RATIO("too large a share of the attempts failed"),
        PROBE_FAILED("it still fails");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Told of each change, by whichever event loop made it. */
    interface Listener {

        void opened(Cause cause);

        void halfOpened();

        void closed();
    }

    private static final long SECOND_NANOS = 1_000_000_000;

    /** Of an attempt that has had its say. */
    private static final Pass USED = () -> false;

    private final CircuitBreaker settings;
    private final BooleanSupplier noAddressConnects;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private final AtomicReference<CircuitState> state;

    /**
     * A closed circuit.
     *
     * @param noAddressConnects whether the latest attempt at each address got no connection
     * @param nanoTime as {@link System#nanoTime} counts
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

    /** Lets an attempt through, whose end is then told to {@link #ended}; null when it is refused. */
    public @Nullable Pass tryAdmit() {
        return state.get() instanceof CircuitState.Closed closed ? closed : tryAdmitProbe();
    }

    private @Nullable Pass tryAdmitProbe() {
        long now = nanoTime.getAsLong();
        if (state.get() instanceof CircuitState.Open open && open.isOver(now)) {
            change(open, new CircuitState.HalfOpen(settings, now, open.unreachable()), listener::halfOpened);
        }
        CircuitState seen = state.get();
        if (seen instanceof CircuitState.HalfOpen half) {
            return half.tryAdmit(now) ? half : null;
        }
        return seen instanceof CircuitState.Closed closed ? closed : null;
    }

    /** Returns whether {@link #tryAdmit} would refuse an attempt now. */
    public boolean refuses() {
        CircuitState seen = state.get();
        if (seen instanceof CircuitState.Closed) {
            return false;
        }
        long now = nanoTime.getAsLong();
        return seen instanceof CircuitState.Open open
                ? !open.isOver(now)
                : seen instanceof CircuitState.HalfOpen half && half.isFull(now);
    }

    /**
     * The failure of a request that is refused, with the time until one may try the upstream, in whole seconds from 1.
     */
    public GatewayError refusal() {
        long left = state.get() instanceof CircuitState.Open open ? open.untilNanos() - nanoTime.getAsLong() : 0;
        long seconds = Math.max(1, (left + SECOND_NANOS - 1) / SECOND_NANOS);
        return GatewayError.of(ErrorKind.CIRCUIT_OPEN, "The service fails and is not asked for a moment.")
                .withHeader("retry-after", Long.toString(seconds));
    }

    boolean isOpen() {
        return state.get() instanceof CircuitState.Open;
    }

    boolean isHalfOpen() {
        return state.get() instanceof CircuitState.HalfOpen;
    }

    /** Returns whether it is neither open nor half-open. */
    public boolean isClosed() {
        return state.get() instanceof CircuitState.Closed;
    }

    /**
     * Returns whether no address counts as well: until a connection comes about again or, after failures of another
     * kind, until it is time to try.
     */
    boolean isDown() {
        return state.get() instanceof CircuitState.Open open
                ? open.unreachable() || !open.isOver(nanoTime.getAsLong())
                : isHalfOpen();
    }

    /** Returns whether it is not closed for no other reason than that no address gives a connection. */
    boolean isUnreachable() {
        CircuitState seen = state.get();
        return seen instanceof CircuitState.Open open
                ? open.unreachable()
                : seen instanceof CircuitState.HalfOpen half && half.isUnreachable();
    }

    /**
     * The head of the response came: a verdict when it tells of a failure, and always that of a probe, since its body
     * may be endless.
     *
     * @return what the attempt holds from then on
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
     * An attempt is over; to be called once for each pass.
     *
     * @param status of the response; 0 when there was none
     * @param failure null when there was none, or none that says anything about the upstream
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

    /** Something beside the requests says that the upstream is well. */
    void close() {
        CircuitState seen = Objects.requireNonNull(state.get());
        if (!(seen instanceof CircuitState.Closed)) {
            change(seen, closedState(), listener::closed);
        }
    }

    /** The upstream may be another by now: the next request tries it. */
    void allowProbe() {
        if (state.get() instanceof CircuitState.Open open) {
            state.compareAndSet(open, new CircuitState.Open(nanoTime.getAsLong(), open.unreachable()));
        }
    }

    private void change(CircuitState from, CircuitState to, Runnable told) {
        if (state.compareAndSet(from, to)) {
            told.run();
        }
    }
}

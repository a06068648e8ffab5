package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.tenant.upstream.RetryCondition;
import dev.clew.tenant.upstream.RetryPolicy;
import dev.clew.upstream.UpstreamPool;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Whether one request may be sent again, after how long, and its part of the upstream's budget for that. */
final class Retries {

    private final Exchange exchange;
    private final UpstreamPool pool;
    private final RetryPolicy policy;
    private final @Nullable BufferedBody kept;

    private boolean staleConnectionRetried;
    private boolean active;

    Retries(RoutedRequest request, UpstreamPool pool) {
        this.exchange = request.exchange();
        this.pool = pool;
        this.policy = pool.upstream().retry();
        this.kept = buffersBody(exchange, policy)
                ? new BufferedBody(policy.repeatable().buffer(), request.tenant().account())
                : null;
    }

    /** Whether the request has a body that is held for further attempts. */
    static boolean buffersBody(Exchange exchange, RetryPolicy policy) {
        int buffer = policy.repeatable().buffer();
        return buffer > 0 && exchange.head().hasBody() && exchange.head().bodyLength() <= buffer;
    }

    /** The request's body as far as it was read; null when it need not or cannot be held. */
    @Nullable BufferedBody kept() {
        return kept;
    }

    /** Beside the policy, once, and at no cost to the budget: such a connection says nothing about the upstream. */
    boolean beginAfterStaleConnection() {
        boolean first = !staleConnectionRetried;
        staleConnectionRetried = true;
        return first && !pool.circuit().rejects() && isRepeatable();
    }

    /** Takes part of the budget when it says yes. */
    boolean beginAfter(ErrorKind failure) {
        return hasAttemptsLeft() && isRetryable(failure) && begin();
    }

    /** As {@link #beginAfter}, in place of an answer with this status. */
    boolean beginInsteadOf(int status) {
        return policy.retries(status) && hasAttemptsLeft() && isRepeatable() && begin();
    }

    /** The part that the attempt before had is given back first. */
    private boolean begin() {
        end();
        // What the circuit would refuse is not tried: the failure that there is says more.
        active = !pool.circuit().rejects() && pool.tryRetry();
        return active;
    }

    /** The attempt that was begun is over, or will not be made; may be called again. */
    void end() {
        if (active) {
            active = false;
            pool.endRetry();
        }
    }

    /** No attempt follows. */
    void release() {
        end();
        if (kept != null) {
            kept.release();
        }
    }

    /** How long to wait before the attempt that was begun, in milliseconds. */
    long backOff() {
        return policy.backOff()
                .millis(exchange.attempts().size(), ThreadLocalRandom.current().nextDouble());
    }

    private boolean hasAttemptsLeft() {
        return exchange.attempts().size() < policy.attempts();
    }

    private boolean isRetryable(ErrorKind failure) {
        return switch (failure) {
            // Nothing was sent, so any method may be repeated, and a paused body has not lost a byte.
            case UPSTREAM_UNREACHABLE, CONNECT_TIMEOUT -> policy.on().contains(RetryCondition.CONNECT_FAILURE);
            case UPSTREAM_RESET -> policy.on().contains(RetryCondition.RESET) && isRepeatable();
            case RESPONSE_TIMEOUT, IDLE_TIMEOUT -> policy.on().contains(RetryCondition.TIMEOUT) && isRepeatable();
            default -> false;
        };
    }

    /**
     * RFC 9110 section 9.2.2: a proxy repeats only what is idempotent, or said to be; and a body must be there to be
     * sent.
     */
    private boolean isRepeatable() {
        boolean bodyThere = !exchange.head().hasBody() || (kept != null && kept.isWhole());
        return bodyThere
                && policy.repeatable()
                        .methods()
                        .contains(exchange.request().method().name());
    }
}

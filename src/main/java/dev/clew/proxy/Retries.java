package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.NoRetry;
import dev.clew.exchange.RoutedRequest;
import dev.clew.tenant.upstream.RetryCondition;
import dev.clew.tenant.upstream.RetryPolicy;
import dev.clew.upstream.UpstreamPool;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The retries of one request: their conditions, their back-off and their permits of the upstream's retry budget. */
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
                ? new BufferedBody(
                        policy.repeatable().buffer(), request.tenant().account())
                : null;
    }

    /** Returns whether the request has a body that is buffered for retries. */
    static boolean buffersBody(Exchange exchange, RetryPolicy policy) {
        int buffer = policy.repeatable().buffer();
        return buffer > 0 && exchange.head().hasBody() && exchange.head().bodyLength() <= buffer;
    }

    /** Returns the request body read so far; null if it need not or cannot be buffered. */
    @Nullable BufferedBody kept() {
        return kept;
    }

    /**
     * Begins a retry after a stale connection, once per request. It is subject to neither the policy nor the budget,
     * because a stale connection does not indicate an unhealthy upstream.
     *
     * @return whether the retry is allowed
     */
    boolean beginAfterStaleConnection() {
        boolean first = !staleConnectionRetried;
        staleConnectionRetried = true;
        return first && !pool.circuit().rejects() && isRepeatable();
    }

    /**
     * Begins a retry after a failure and acquires a permit of the retry budget.
     *
     * @return whether the retry is allowed
     */
    boolean beginAfter(ErrorKind failure) {
        NoRetry reason = !hasAttemptsLeft() ? NoRetry.ATTEMPTS : obstacle(failure);
        return reason == null ? begin() : reject(reason);
    }

    /**
     * Begins a retry that replaces a response, as {@link #beginAfter} does.
     *
     * @param status the status of the response
     * @return whether the retry is allowed
     */
    boolean beginInsteadOf(int status) {
        if (!policy.retries(status)) {
            return false;
        }
        NoRetry reason = !hasAttemptsLeft() ? NoRetry.ATTEMPTS : isRepeatable() ? null : NoRetry.NOT_REPEATABLE;
        return reason == null ? begin() : reject(reason);
    }

    /** Acquires a budget permit, after the previous retry's permit was released. */
    private boolean begin() {
        end();
        // With the circuit breaker open no retry is begun: the failure at hand is more specific than its rejection.
        if (pool.circuit().rejects()) {
            return reject(NoRetry.CIRCUIT);
        }
        active = pool.tryRetry();
        return active || reject(NoRetry.BUDGET);
    }

    private boolean reject(NoRetry reason) {
        exchange.attempts().get(exchange.attempts().size() - 1).notRetried(reason);
        return false;
    }

    /** Releases the budget permit of the retry that ended or was cancelled. Idempotent. */
    void end() {
        if (active) {
            active = false;
            pool.endRetry();
        }
    }

    /** Releases everything held; no attempt follows. */
    void release() {
        end();
        if (kept != null) {
            kept.release();
        }
    }

    /** Returns the wait before the retry, in milliseconds. */
    long backOff() {
        return policy.backOff()
                .millis(exchange.attempts().size(), ThreadLocalRandom.current().nextDouble());
    }

    private boolean hasAttemptsLeft() {
        return exchange.attempts().size() < policy.attempts();
    }

    /** Returns what forbids a retry after this failure; null for nothing. */
    private @Nullable NoRetry obstacle(ErrorKind failure) {
        RetryCondition condition =
                switch (failure) {
                    case UPSTREAM_UNREACHABLE, CONNECT_TIMEOUT -> RetryCondition.CONNECT_FAILURE;
                    case UPSTREAM_RESET -> RetryCondition.RESET;
                    case RESPONSE_TIMEOUT, IDLE_TIMEOUT -> RetryCondition.TIMEOUT;
                    default -> null;
                };
        if (condition == null || !policy.on().contains(condition)) {
            return NoRetry.CONDITION;
        }
        // Nothing was sent: any method may be repeated, and a paused body has lost no byte.
        return condition == RetryCondition.CONNECT_FAILURE || isRepeatable() ? null : NoRetry.NOT_REPEATABLE;
    }

    /**
     * Returns whether the request can be repeated: its method is idempotent or configured as repeatable (RFC 9110
     * section 9.2.2), and its body is fully available.
     */
    private boolean isRepeatable() {
        boolean bodyThere = !exchange.head().hasBody() || (kept != null && kept.isWhole());
        return bodyThere
                && policy.repeatable()
                        .methods()
                        .contains(exchange.request().method().name());
    }
}

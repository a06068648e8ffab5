package dev.clew.limit;

import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.exchange.UnreadBody;
import dev.clew.limit.RateHealth.Outcome;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.Objects;
import java.util.function.LongConsumer;

/** A request that waits for Redis's rate decision. */
final class PendingRateCheck extends Deadlines.Deadline {

    private final RoutedRequest request;
    private final RateConnection redis;
    private final LongConsumer decision;
    private final ContextInternal context =
            (ContextInternal) Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");

    private boolean settled;

    PendingRateCheck(RoutedRequest request, RateConnection redis, LongConsumer decision) {
        this.request = request;
        this.redis = redis;
        this.decision = decision;
    }

    void begin(long waitNanos) {
        Exchange exchange = request.exchange();
        UnreadBody.hold(exchange);
        exchange.lifetime().onAbort(this::abandon);
        exchange.loop().deadlines().add(this, System.nanoTime() + waitNanos);
        redis.check(request.tenant()).onComplete(this::responded);
    }

    private void responded(AsyncResult<Long> result) {
        if (settled) {
            return;
        }
        if (result.failed()) {
            redis.failed(result.cause());
            settle(RateScript.NO_RESPONSE);
            return;
        }
        long outcome = result.result();
        redis.count(RateScript.rejects(outcome) ? Outcome.REFUSED : Outcome.ADMITTED);
        settle(outcome);
    }

    @Override
    protected void expired() {
        redis.timedOut();
        settle(RateScript.NO_RESPONSE);
    }

    private void settle(long result) {
        settled = true;
        cancel();
        // The request's own context, neither the Redis connection's nor the timer's.
        context.emit(result, decision::accept);
    }

    /** Handles a client disconnect. */
    private void abandon() {
        settled = true;
        cancel();
    }
}

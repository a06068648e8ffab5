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

/** A request that waits for what Redis says about it. */
final class PendingRateCheck extends Deadlines.Deadline {

    private final RoutedRequest request;
    private final RateConnection link;
    private final LongConsumer decision;
    private final ContextInternal context =
            (ContextInternal) Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");

    private boolean settled;

    PendingRateCheck(RoutedRequest request, RateConnection link, LongConsumer decision) {
        this.request = request;
        this.link = link;
        this.decision = decision;
    }

    void ask(long waitNanos) {
        Exchange exchange = request.exchange();
        UnreadBody.hold(exchange);
        exchange.lifetime().onAbort(this::abandon);
        exchange.loop().deadlines().add(this, System.nanoTime() + waitNanos);
        link.ask(request.tenant()).onComplete(this::answered);
    }

    private void answered(AsyncResult<Long> answer) {
        if (settled) {
            return;
        }
        if (answer.failed()) {
            link.failed(answer.cause());
            settle(RateScript.NO_RESPONSE);
            return;
        }
        long said = answer.result();
        link.count(RateScript.refuses(said) ? Outcome.REFUSED : Outcome.ADMITTED);
        settle(said);
    }

    @Override
    protected void expired() {
        link.timedOut();
        settle(RateScript.NO_RESPONSE);
    }

    private void settle(long answer) {
        settled = true;
        cancel();
        // In the request's own context, which is neither the connection's nor the timer's.
        context.emit(answer, decision::accept);
    }

    /** The client is gone. */
    private void abandon() {
        settled = true;
        cancel();
    }
}

package dev.clew.limit;

import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.exchange.UnreadBody;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.export.sdk.RequestContext;
import dev.clew.limit.RateHealth.Outcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
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

    private final InternalSpans spans;
    private Span span = Span.getInvalid();
    private boolean settled;

    PendingRateCheck(RoutedRequest request, RateConnection redis, InternalSpans spans, LongConsumer decision) {
        this.request = request;
        this.redis = redis;
        this.decision = decision;
        this.spans = spans;
    }

    void begin(long waitNanos) {
        Exchange exchange = request.exchange();
        UnreadBody.hold(exchange);
        exchange.lifetime().onAbort(this::abandon);
        exchange.loop().deadlines().add(this, System.nanoTime() + waitNanos);
        if (spans.tracesRequests()) {
            span = spans.ofRequest("check shared rate", SpanKind.CLIENT, RequestContext.of(request))
                    .setAttribute("db.system.name", "redis");
        }
        redis.check(request.tenant()).onComplete(this::responded);
    }

    private void responded(AsyncResult<Long> result) {
        if (settled) {
            return;
        }
        if (result.failed()) {
            redis.failed(result.cause());
            InternalSpans.end(span, "redis-failed");
            settle(RateScript.NO_RESPONSE);
            return;
        }
        long outcome = result.result();
        InternalSpans.end(span, null);
        redis.count(RateScript.rejects(outcome) ? Outcome.REFUSED : Outcome.ADMITTED);
        settle(outcome);
    }

    @Override
    protected void expired() {
        redis.timedOut();
        InternalSpans.end(span, "timeout");
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
        InternalSpans.end(span, "client-closed-request");
    }
}

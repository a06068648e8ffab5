package dev.clew.extension;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.exchange.UnreadBody;
import dev.clew.filter.LimitFilter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A request as a {@link RequestFilter} sees it. */
public final class FilteredRequest extends Deadlines.Deadline {

    /** The time that a filter has for a request. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The bound on requests that wait for filters of one place. */
    static final int MAX_WAITING = 1000;

    private final RoutedRequest request;
    private final Runnable next;
    private final AtomicInteger waiting;
    private final ContextInternal context =
            (ContextInternal) Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
    private boolean decided;
    private boolean waits;

    /** @param waiting counts the requests that wait for a decision */
    FilteredRequest(RoutedRequest request, Runnable next, AtomicInteger waiting) {
        this.request = request;
        this.next = next;
        this.waiting = waiting;
    }

    /** Returns the name of the tenant. */
    public String tenant() {
        return request.tenant().tenant().id().value();
    }

    /** Returns the name of the route. */
    public String route() {
        return request.route().name();
    }

    /** Returns the trace ID: 32 hexadecimal digits, lower case. */
    public String traceId() {
        return exchange().trace().traceId();
    }

    /** Returns the request: its header fields may be changed; its body must not be read. */
    public HttpServerRequest http() {
        return exchange().request();
    }

    /** Passes the request on. May be called by any thread. */
    public void proceed() {
        decide(next);
    }

    /**
     * Ends the request with 403 and the error code {@code filter-rejected}. May be called by any thread.
     *
     * @param message a sentence for the client
     */
    public void reject(String message) {
        decide(() -> exchange().fail(GatewayError.of(ErrorKind.FILTER_REJECTED, message)));
    }

    private Exchange exchange() {
        return request.exchange();
    }

    /** Waits for the decision if the filter returned without one. */
    void await() {
        if (decided) {
            return;
        }
        waits = true;
        if (waiting.incrementAndGet() > MAX_WAITING) {
            leave();
            exchange().fail(LimitFilter.overloaded());
        } else {
            UnreadBody.hold(exchange());
            exchange().lifetime().onAbort(this::leave);
            exchange().loop().deadlines().add(this, System.nanoTime() + TIMEOUT.toNanos());
        }
    }

    private void decide(Runnable then) {
        // The same context runs on a worker, too, while that executes blocking code for it.
        if (!context.inThread() || Vertx.currentContext() != context) {
            context.runOnContext(now -> decide(then));
        } else if (!decided) {
            leave();
            if (!exchange().lifetime().isOver()) {
                then.run();
            }
        }
    }

    /** Makes later decisions have no effect. */
    void leave() {
        decided = true;
        if (waits) {
            waits = false;
            waiting.decrementAndGet();
            cancel();
        }
    }

    @Override
    protected void expired() {
        leave();
        exchange()
                .fail(GatewayError.of(ErrorKind.INTERNAL, "The request could not be processed.", "a filter timed out"));
    }
}

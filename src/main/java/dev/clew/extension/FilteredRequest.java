package dev.clew.extension;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.exchange.UnreadBody;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Objects;

/** A request as a {@link RequestFilter} sees it. */
public final class FilteredRequest extends Deadlines.Deadline {

    /** The time that a filter has for a request. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RoutedRequest request;
    private final Runnable next;
    private final Context context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
    private boolean decided;

    FilteredRequest(RoutedRequest request, Runnable next) {
        this.request = request;
        this.next = next;
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
        if (!decided) {
            UnreadBody.hold(exchange());
            exchange().lifetime().onAbort(this::leave);
            exchange().loop().deadlines().add(this, System.nanoTime() + TIMEOUT.toNanos());
        }
    }

    private void decide(Runnable then) {
        if (Vertx.currentContext() != context) {
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
        cancel();
    }

    @Override
    protected void expired() {
        decided = true;
        exchange()
                .fail(GatewayError.of(ErrorKind.INTERNAL, "The request could not be processed.", "a filter timed out"));
    }
}

package dev.clew.exchange;

import dev.clew.budget.Holding;
import dev.clew.budget.Ledger;
import dev.clew.listener.ConnectionClose;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Branch;
import dev.clew.tenant.upstream.Timeouts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a response that is written but not yet sent. The exchange is over, yet Vert.x would wait without limit for
 * a client that does not read. After the upstream's idle timeout, HTTP/1 loses its connection and HTTP/2 its stream.
 */
public final class ResponseEnd extends Deadlines.Deadline {

    /** The HTTP/2 error code (RFC 9113 section 7). */
    private static final long CANCEL = 8;

    /**
     * The most bytes written earlier that may still be queued: a stream's flow-control window (RFC 9113 section 6.5.2).
     */
    private static final int QUEUE = 64 * 1024;

    private final Exchange exchange;
    private final Holding holding;

    private ResponseEnd(Exchange exchange) {
        this.exchange = exchange;
        TenantEntry tenant = exchange.tenant();
        this.holding = new Holding(tenant == null ? Ledger.ofProcess().connections() : tenant.account());
    }

    /**
     * Ends the response. The rest of the request body is dropped; a response head not yet sent announces that.
     *
     * @param last the last part of the body; null if there is none
     */
    public static void send(Exchange exchange, @Nullable Buffer last) {
        if (!exchange.response().headWritten()) {
            UnreadBody.announce(exchange);
        }
        end(exchange, last);
        UnreadBody.drop(exchange);
    }

    private static void end(Exchange exchange, @Nullable Buffer last) {
        HttpServerResponse response = exchange.response();
        int waiting = waiting(exchange, last);
        Future<Void> sent = last == null ? response.end() : response.end(last);
        if (!sent.isComplete()) {
            ResponseEnd rest = new ResponseEnd(exchange);
            exchange.loop()
                    .deadlines()
                    .add(rest, System.nanoTime() + patience(exchange).toNanos());
            rest.holding.set(waiting);
            sent.onComplete(left -> {
                rest.cancel();
                rest.holding.release();
            });
        } else if (rest(exchange)) {
            ConnectionClose.abortUnlessSent(exchange.request().connection(), patience(exchange));
        }
    }

    /**
     * Returns the bytes that may wait for the HTTP/2 stream's flow-control window, which the connection's own queue
     * does not include.
     */
    private static int waiting(Exchange exchange, @Nullable Buffer last) {
        if (exchange.request().version() != HttpVersion.HTTP_2) {
            return 0;
        }
        return (exchange.response().writeQueueFull() ? QUEUE : 0) + (last == null ? 0 : last.length());
    }

    /** Returns whether bytes remain unsent; Vert.x reports a head without a body as sent at once. */
    private static boolean rest(Exchange exchange) {
        return exchange.request().version() == HttpVersion.HTTP_2
                && ConnectionClose.hasUnsent(exchange.request().connection());
    }

    private static Duration patience(Exchange exchange) {
        Branch branch = exchange.branch();
        Timeouts timeouts = branch == null
                ? Timeouts.DEFAULT
                : branch.upstream().connections().timeouts();
        return timeouts.idle();
    }

    @Override
    protected void expired() {
        if (exchange.request().version() == HttpVersion.HTTP_2) {
            ConnectionClose.resetStream(
                    exchange.request().connection(), exchange.response().streamId(), CANCEL);
        } else {
            ConnectionClose.abort(exchange.request().connection());
        }
    }
}

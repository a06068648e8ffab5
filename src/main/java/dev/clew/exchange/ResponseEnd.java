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
 * The end of a response, written and still to leave. The exchange is over then, and Vert.x would wait without end for a
 * client that does not read; here it has as long as the upstream's idle timeout, and then HTTP/1 loses its connection,
 * HTTP/2 its stream.
 */
public final class ResponseEnd extends Deadlines.Deadline {

    /** RFC 9113 section 7. */
    private static final long CANCEL = 8;

    /** The most bytes that may wait of what was written before: a stream's window (RFC 9113 section 6.5.2). */
    private static final int QUEUE = 64 * 1024;

    private final Exchange exchange;
    private final Holding holding;

    private ResponseEnd(Exchange exchange) {
        this.exchange = exchange;
        TenantEntry tenant = exchange.tenant();
        this.holding = new Holding(tenant == null ? Ledger.ofProcess().connections() : tenant.account());
    }

    /**
     * Ends the response, with a last part of its body where there is one. What remains of the request's body is
     * dropped, which a head that goes out only now announces.
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

    /** In HTTP/2, bytes may wait for the stream's window, which the connection's own queue does not show. */
    private static int waiting(Exchange exchange, @Nullable Buffer last) {
        if (exchange.request().version() != HttpVersion.HTTP_2) {
            return 0;
        }
        return (exchange.response().writeQueueFull() ? QUEUE : 0) + (last == null ? 0 : last.length());
    }

    /** Of a head without a body Vert.x says at once that it was sent. */
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

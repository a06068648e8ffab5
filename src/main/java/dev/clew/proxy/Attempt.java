package dev.clew.proxy;

import dev.clew.answer.HeaderEditing;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.Endpoint;
import dev.clew.tenant.Timeouts;
import dev.clew.upstream.LoopClient;
import dev.clew.upstream.Target;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try at one endpoint: connect, send, wait for the head of the answer, stream it back. At any moment exactly one thing is
 * waited for, and the deadline is that thing's.
 */
final class Attempt extends Deadlines.Deadline {

    private static final int FIRST_FINAL_STATUS = 200;
    private static final int LAST_STATUS = 599;

    private final Delivery delivery;
    private final Exchange exchange;
    private final Target target;
    private final AttemptRecord record;
    private final LoopClient client;

    private @Nullable HttpClientRequest upstreamRequest;
    private @Nullable RequestBody body;
    private boolean ended;

    Attempt(Delivery delivery, Target target, AttemptRecord record) {
        this.delivery = delivery;
        this.target = target;
        this.exchange = delivery.exchange();
        this.record = record;
        this.client = delivery.pool().clientOf(exchange.loop());
    }

    void begin() {
        await(timeouts().connect());
        client.http().request(options()).onComplete(this::connected);
    }

    private RequestOptions options() {
        Endpoint endpoint = target.endpoint();
        String path = endpoint.basePath() + delivery.forward().path().apply(exchange.path());
        String query = exchange.target().query();
        return new RequestOptions()
                .setConnectTimeout(timeouts().connect().toMillis())
                .setMethod(exchange.request().method())
                .setServer(target.address())
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setSsl(endpoint.tls())
                .setURI(query == null ? path : path + '?' + query);
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (ended) {
            if (connection.succeeded()) {
                connection.result().reset();
            }
            return;
        }
        if (connection.failed()) {
            fail(UpstreamFailure.whileConnecting(connection.cause()));
            return;
        }
        upstreamRequest = connection.result();
        record.connected(connection.result().connection());
        try {
            send(connection.result());
        } catch (RuntimeException e) {
            // Else nobody would answer before the deadline, and then with the wrong reason.
            fail(GatewayError.of(
                    ErrorKind.INTERNAL,
                    "The gateway failed to handle the request.",
                    e.getClass().getName()));
        }
    }

    private void send(HttpClientRequest request) {
        delivery.headers().copy(exchange, record.spanId(), request.headers());
        HeaderEditing.apply(delivery.forward().headers(), request.headers());
        request.exceptionHandler(failure -> fail(UpstreamFailure.whileExchanging(failure)));
        request.response().onComplete(this::answered);
        body = new RequestBody(this, exchange, request);
        body.send();
    }

    private void answered(AsyncResult<HttpClientResponse> head) {
        if (ended) {
            return;
        }
        if (head.failed()) {
            fail(UpstreamFailure.whileExchanging(head.cause()));
            return;
        }
        HttpClientResponse response = head.result();
        client.proven(response.request().connection());
        if (response.statusCode() < FIRST_FINAL_STATUS || response.statusCode() > LAST_STATUS) {
            // Another protocol, which nobody asked for, or no status at all (RFC 9110 section 15).
            fail(GatewayError.of(
                    ErrorKind.UPSTREAM_INVALID, "The service answered with a status that cannot be passed on."));
            return;
        }
        record.answered(
                response.statusCode(),
                TraceAnswers.in(response.headers(), exchange.trace().traceId()));
        if (delivery.retriesInsteadOf(response.statusCode())) {
            end(null);
            response.exceptionHandler(dropped -> {}); // the reset's echo; Vert.x would log it as an error
            response.request().reset();
            delivery.retry();
            return;
        }
        await(timeouts().idle());
        new ResponseBody(this, exchange, response).stream();
    }

    /** Begins to wait for the next thing to happen. */
    void await(Duration atMost) {
        exchange.loop().deadlines().add(this, System.nanoTime() + atMost.toNanos());
    }

    /** Runs after what the event loop has already read has been handled. */
    void later(Runnable action) {
        delivery.context().runOnContext(next -> action.run());
    }

    /** The side that was held up goes on, and has the whole time to do so. */
    void waitsOn() {
        if (!ended) {
            await(timeouts().idle());
        }
    }

    Timeouts timeouts() {
        return delivery.pool().upstream().timeouts();
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    protected void expired() {
        if (body != null && body.awaitsContinue()) {
            body.proceed();
            return;
        }
        fail(UpstreamFailure.timedOut(upstreamRequest != null, body, exchange.response()));
    }

    /** The answer has been passed on, whole. */
    void succeed() {
        if (!ended) {
            end(null);
            delivery.leave();
            if (body != null && !body.isComplete()) {
                // Answered without having read all of it: this connection can carry nothing else.
                resetUpstream();
            }
        }
    }

    void fail(GatewayError error) {
        if (ended) {
            return;
        }
        end(error.kind());
        if (exchange.response().headWritten()) {
            // Too late for a status: what the client can still be told is that the answer is not whole (RFC 9112
            // section 8).
            delivery.leave();
            exchange.failed(error);
            resetUpstream();
            exchange.cutOff();
            return;
        }
        HttpClientRequest request = upstreamRequest;
        // An attempt that was answered, if only with a head, has itself proven its connection.
        boolean stale = record.status() == 0
                && error.kind() == ErrorKind.UPSTREAM_RESET
                && request != null
                && client.wasProven(request.connection());
        resetUpstream();
        delivery.attemptFailed(error, stale);
    }

    /** The client is gone. */
    void abandon() {
        if (!ended) {
            end(ErrorKind.CLIENT_GONE);
            resetUpstream();
        }
    }

    private void end(@Nullable ErrorKind failure) {
        ended = true;
        cancel();
        record.end(System.nanoTime(), failure);
    }

    private void resetUpstream() {
        if (upstreamRequest != null) {
            upstreamRequest.reset();
        }
    }
}

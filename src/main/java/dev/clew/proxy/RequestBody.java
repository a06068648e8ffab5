package dev.clew.proxy;

import dev.clew.exchange.Exchange;
import dev.clew.exchange.RequestHead;
import dev.clew.filter.LimitFilter;
import dev.clew.listener.BodyFault;
import dev.clew.proxy.HeldBytes.Direction;
import dev.clew.tenant.limit.Limits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The request's body on its way upstream. */
final class RequestBody {

    /**
     * How long an upstream may leave {@code Expect: 100-continue} unanswered (RFC 9110 section 10.1.1 leaves it open).
     */
    private static final Duration CONTINUE_PATIENCE = Duration.ofSeconds(1);

    private final Attempt attempt;
    private final Exchange exchange;
    private final HttpServerRequest from;
    private final HttpClientRequest to;
    private final InterimResponses interim;
    private final @Nullable BufferedBody kept;
    private final @Nullable Mirroring mirroring;
    private final long limit;

    private long sent;
    private boolean headSent;
    private boolean awaitsContinue;
    private boolean complete;

    /**
     * @param kept what earlier attempts have read of it; null when it is not kept
     * @param mirroring what becomes of a copy; null when there is to be none
     */
    RequestBody(Attempt attempt, HttpClientRequest to, @Nullable BufferedBody kept, @Nullable Mirroring mirroring) {
        this.attempt = attempt;
        this.exchange = attempt.exchange();
        this.from = exchange.request();
        this.to = to;
        this.interim = InterimResponses.of(to, exchange, attempt);
        this.kept = kept;
        this.mirroring = mirroring;
        this.limit = attempt.request().tenant().tenant().limits().requestBody();
    }

    /** Whether all of it was passed on. */
    boolean isComplete() {
        return complete;
    }

    /** Whether it is the upstream that does not take more, rather than the client that does not send more. */
    boolean isPausedByUpstream() {
        // Its queue is not full any more before it has gone far enough.
        return attempt.held().isPaused(Direction.UPSTREAM);
    }

    /** Not when the answer came instead: an interim one would stand in the middle of it. */
    boolean awaitsContinue() {
        return awaitsContinue && attempt.record().status() == 0;
    }

    /** @param upgrades whether the connection may be left to another protocol, so that to Vert.x it has no end */
    void send(boolean upgrades) {
        if (mirroring != null) {
            mirroring.begin(upgrades);
        }
        long length = exchange.head().bodyLength();
        if (length == 0) {
            complete = true;
            RequestFraming.declareEmpty(from, to.headers());
            attempt.awaitResponse();
            if (upgrades) {
                to.connect();
            } else {
                to.end();
                sendMirror();
            }
            return;
        }
        if (length == RequestHead.UNKNOWN) {
            to.setChunked(true);
        } else {
            to.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
        if (kept != null && (kept.isEnded() || kept.bytes().length() > 0)) {
            sendAgain(kept);
        } else if (InterimResponses.areSupported(exchange)
                && "100-continue".equalsIgnoreCase(from.getHeader(HttpHeaders.EXPECT))) {
            awaitContinue();
        } else {
            stream();
        }
    }

    /** What was read before, and then the rest. */
    private void sendAgain(BufferedBody before) {
        sent = before.bytes().length();
        if (before.isEnded()) {
            complete = true;
            attempt.awaitResponse();
            to.end(before.bytes());
        } else {
            headSent = true;
            to.write(before.bytes());
            stream();
        }
    }

    private void awaitContinue() {
        awaitsContinue = true;
        attempt.await(CONTINUE_PATIENCE);
        interim.onContinue(attempt, this::proceed);
        sendHead();
    }

    /** The upstream wants the body, or did not say that it does not. */
    void proceed() {
        if (awaitsContinue() && !attempt.isEnded()) {
            awaitsContinue = false;
            exchange.response().writeContinue();
            stream();
        }
    }

    private void stream() {
        attempt.await(attempt.timeouts().idle());
        if (exchange.head().bodyLength() == RequestHead.UNKNOWN) {
            BodyFault.watch(from.connection(), attempt.guarded(this::refuse)::handle);
        }
        if (attempt.isEnded()) {
            return;
        }
        from.handler(attempt.guarded(this::pass));
        from.endHandler(attempt.guarded(end -> finish()));
        from.resume();
        // What is already here goes out with the head; else the upstream is not to wait for the client's first byte.
        attempt.runLater(this::sendHead);
    }

    private void finish() {
        complete = true;
        if (kept != null) {
            kept.end();
        }
        if (!attempt.isEnded()) {
            attempt.awaitResponse();
            to.end();
            sendMirror();
        }
    }

    /** The request is whole, and its upstream comes first. */
    private void sendMirror() {
        if (mirroring != null) {
            mirroring.send();
        }
    }

    /** @param reason why no more of the body can be read */
    private void refuse(String reason) {
        attempt.fail(RequestHead.refusal(reason));
    }

    private void sendHead() {
        if (!headSent && !complete && !attempt.isEnded()) {
            headSent = true;
            to.sendHead();
        }
    }

    private void pass(Buffer chunk) {
        if (attempt.isEnded()) {
            return;
        }
        sent += chunk.length();
        if (kept != null) {
            kept.read(chunk);
        }
        if (mirroring != null) {
            mirroring.read(chunk);
        }
        if (limit != Limits.UNLIMITED && sent > limit) {
            attempt.fail(LimitFilter.tooLarge());
            return;
        }
        attempt.await(attempt.timeouts().idle());
        headSent = true;
        to.write(chunk);
        if (to.writeQueueFull()) {
            BackPressure.hold(from, to, Direction.UPSTREAM, attempt);
        }
    }
}

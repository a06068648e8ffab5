package dev.clew.proxy;

import dev.clew.exchange.Exchange;
import dev.clew.exchange.RequestHead;
import dev.clew.filter.LimitFilter;
import dev.clew.listener.BodyFault;
import dev.clew.proxy.HeldBytes.Direction;
import dev.clew.tenant.limit.Limits;
import dev.clew.upstream.client.UpstreamRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The request body on its way to the upstream. */
final class RequestBody {

    /** The wait for the response to {@code Expect: 100-continue} (RFC 9110 section 10.1.1 sets no limit). */
    private static final Duration CONTINUE_PATIENCE = Duration.ofSeconds(1);

    private final Attempt attempt;
    private final Exchange exchange;
    private final HttpServerRequest from;
    private final UpstreamRequest to;
    private final @Nullable BufferedBody kept;
    private final @Nullable Mirroring mirroring;
    private final long limit;

    private long sent;
    private boolean headSent;
    private boolean awaitsContinue;
    private boolean complete;

    /**
     * @param kept the body as earlier attempts have read it; null if it is not buffered
     * @param mirroring the request's mirroring; null if it is not mirrored
     */
    RequestBody(Attempt attempt, UpstreamRequest to, @Nullable BufferedBody kept, @Nullable Mirroring mirroring) {
        this.attempt = attempt;
        this.exchange = attempt.exchange();
        this.from = exchange.request();
        this.to = to;
        this.kept = kept;
        this.mirroring = mirroring;
        this.limit = attempt.request().tenant().tenant().limits().requestBody();
    }

    /** Returns whether the entire body was forwarded. */
    boolean isComplete() {
        return complete;
    }

    /** Returns whether the upstream does not read, rather than the client not send. */
    boolean isPausedByUpstream() {
        // The queue reports "not full" only below its low-water mark.
        return attempt.held().isPaused(Direction.UPSTREAM);
    }

    /** Returns whether 100 (Continue) may still be sent: not once the response has begun. */
    boolean awaitsContinue() {
        return awaitsContinue && attempt.record().status() == 0;
    }

    /** @param upgrades whether the connection may change its protocol, so that for Vert.x the request has no end */
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
                to.upgrade();
            } else {
                to.end();
                sendMirror();
            }
            return;
        }
        if (length == RequestHead.UNKNOWN) {
            to.chunked();
        } else {
            to.headers().set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
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

    /** Sends the buffered part, then streams the rest. */
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
        sendHead();
    }

    /** Sends the body, after 100 (Continue) or after the wait for it. */
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
            BodyFault.watch(from.connection(), attempt.guarded(this::reject)::handle);
        }
        if (attempt.isEnded()) {
            return;
        }
        from.handler(attempt.guarded(this::pass));
        from.endHandler(attempt.guarded(end -> finish()));
        from.resume();
        // Bytes already received go out with the head; without any, the head does not wait for the client's first byte.
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

    /** Sends the mirror request, after the complete request. */
    private void sendMirror() {
        if (mirroring != null) {
            mirroring.send();
        }
    }

    /** @param reason the body's fault, one of the constants of {@code MalformedRequest} */
    private void reject(String reason) {
        attempt.fail(RequestHead.rejection(reason));
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
        if (to.isQueueFull()) {
            BackPressure.hold(from::pause, from::resume, to::drainHandler, Direction.UPSTREAM, attempt);
        }
    }
}

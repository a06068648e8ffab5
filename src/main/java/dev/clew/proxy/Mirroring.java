package dev.clew.proxy;

import dev.clew.budget.Account;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.observe.MirrorSkip;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Mirror;
import dev.clew.upstream.UpstreamPool;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The mirroring of one request. The mirror request acquires its upstream permit when the request begins, or is skipped,
 * so that permits bound the buffered bodies; it is sent once the request has been sent completely. The request neither
 * waits for its mirror nor fails with it.
 */
final class Mirroring implements OutboundRequest.Origin {

    private static final Logger LOG = Logger.getLogger(Mirroring.class);

    private static final String MIRRORED = "mirrored";

    private final Mirrors with;
    private final RoutedRequest request;
    private final Exchange exchange;
    private final Action.Forward forward;
    private final Mirror mirror;
    private final UpstreamPool pool;

    /** Null before the decision to mirror, and once buffering is over. */
    private @Nullable BufferedBody held;

    /** The buffered body until the mirror request ends. */
    private @Nullable BufferedBody kept;

    private boolean decided;

    Mirroring(Mirrors with, RoutedRequest request, Action.Forward forward, Mirror mirror) {
        this.with = with;
        this.request = request;
        this.exchange = request.exchange();
        this.forward = forward;
        this.mirror = mirror;
        this.pool = with.pools().of(mirror.upstream());
    }

    /** Decides whether to mirror the request when it is first sent; attempts that follow change nothing. */
    void begin(boolean upgrades) {
        if (decided) {
            return;
        }
        decided = true;
        if (upgrades) {
            skip(MirrorSkip.UPGRADE);
        } else if (exchange.head().bodyLength() > mirror.body()) {
            skip(MirrorSkip.BODY_TOO_LARGE);
        } else if (!pool.circuit().isClosed()) {
            // Mirror requests are no probes: a half-open circuit breaker is tested by real requests.
            skip(MirrorSkip.CIRCUIT_OPEN);
        } else if (!account().admits()) {
            skip(MirrorSkip.OVERLOADED);
        } else if (!pool.tryAcquire()) {
            skip(MirrorSkip.NO_PLACE);
        } else {
            // The mirror request may outlive the request, and needs the snapshot until then.
            exchange.snapshot().mirrorBegan();
            exchange.mirrorDecided(MIRRORED);
            held = new BufferedBody(mirror.body(), account());
            kept = held;
        }
    }

    private void skip(MirrorSkip reason) {
        exchange.mirrorDecided(reason.tag());
        with.record().skipped(mirror, reason);
    }

    void read(Buffer chunk) {
        if (held != null) {
            held.read(chunk);
            if (!held.isWhole()) {
                cancel(held.isRejected() ? MirrorSkip.OVERLOADED : MirrorSkip.BODY_TOO_LARGE);
            }
        }
    }

    private Account account() {
        return request.tenant().account();
    }

    /** Sends the mirror request, once the request has been sent completely. */
    void send() {
        BufferedBody body = held;
        if (body == null) {
            return;
        }
        held = null;
        try {
            new MirrorRequest(this, pool.dispatchMirror(exchange), body.bytes()).begin();
        } catch (RuntimeException fault) {
            LOG.error("a mirror request could not be sent", fault);
            cancel(MirrorSkip.FAULT);
        }
    }

    /** Cancels a mirror request not yet sent, at the end of the request. */
    void requestEnded() {
        if (held != null) {
            cancel(MirrorSkip.INCOMPLETE);
        }
    }

    private void cancel(MirrorSkip reason) {
        held = null;
        skip(reason);
        releaseHeld();
    }

    /** Records the end of the mirror request and releases what it held. */
    void ended(AttemptRecord attempt) {
        with.record().ended(exchange, mirror, attempt);
        releaseHeld();
    }

    private void releaseHeld() {
        if (kept != null) {
            kept.release();
        }
        pool.release();
        exchange.snapshot().mirrorEnded();
    }

    Mirrors with() {
        return with;
    }

    @Override
    public RoutedRequest request() {
        return request;
    }

    @Override
    public Action.Forward forward() {
        return forward;
    }

    @Override
    public UpstreamPool pool() {
        return pool;
    }

    @Override
    public RequestHeaders headers() {
        return with.headers();
    }
}

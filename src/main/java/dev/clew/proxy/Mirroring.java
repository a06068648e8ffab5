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
 * What becomes of one request's copy: it has a place at its upstream from the request's beginning, or is not made at
 * all, so that places bound the bodies that are held; and it is sent when the request has been, whole. The request
 * waits for nothing here and cannot fail by it.
 */
final class Mirroring implements OutboundRequest.Origin {

    private static final Logger LOG = Logger.getLogger(Mirroring.class);

    private final Mirrors with;
    private final RoutedRequest request;
    private final Exchange exchange;
    private final Action.Forward forward;
    private final Mirror mirror;
    private final UpstreamPool pool;

    /** Null before it is known whether there will be a copy, and when it need not be held any more. */
    private @Nullable BufferedBody held;

    /** As long as the copy has it. */
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

    /** The request is sent, perhaps once more. */
    void begin(boolean upgrades) {
        if (decided) {
            return;
        }
        decided = true;
        if (upgrades) {
            with.record().skipped(mirror, MirrorSkip.UPGRADE);
        } else if (exchange.head().bodyLength() > mirror.body()) {
            with.record().skipped(mirror, MirrorSkip.BODY_TOO_LARGE);
        } else if (!pool.circuit().isClosed()) {
            // A copy tries nothing out: whether it would do well is for a request to tell.
            with.record().skipped(mirror, MirrorSkip.CIRCUIT_OPEN);
        } else if (!account().admits()) {
            with.record().skipped(mirror, MirrorSkip.OVERLOADED);
        } else if (!pool.tryAcquire()) {
            with.record().skipped(mirror, MirrorSkip.NO_PLACE);
        } else {
            // What the copy uses has to last, also if the request ends first.
            exchange.snapshot().mirrorBegan();
            held = new BufferedBody(mirror.body(), account());
            kept = held;
        }
    }

    void read(Buffer chunk) {
        if (held != null) {
            held.read(chunk);
            if (!held.isWhole()) {
                cancel(held.isRefused() ? MirrorSkip.OVERLOADED : MirrorSkip.BODY_TOO_LARGE);
            }
        }
    }

    private Account account() {
        return request.tenant().account();
    }

    /** The request has been sent, whole. */
    void send() {
        BufferedBody body = held;
        if (body == null) {
            return;
        }
        held = null;
        try {
            new MirrorRequest(this, pool.dispatchMirror(exchange), body.bytes()).begin();
        } catch (RuntimeException fault) {
            LOG.error("a request could not be copied", fault);
            cancel(MirrorSkip.FAULT);
        }
    }

    /** The request is over; a copy that is not under way by now never will be. */
    void requestEnded() {
        if (held != null) {
            cancel(MirrorSkip.INCOMPLETE);
        }
    }

    private void cancel(MirrorSkip reason) {
        held = null;
        with.record().skipped(mirror, reason);
        releaseHeld();
    }

    /** The copy is over. */
    void ended(AttemptRecord copy) {
        with.record().ended(exchange, mirror, copy);
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

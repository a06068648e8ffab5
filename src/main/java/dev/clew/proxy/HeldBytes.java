package dev.clew.proxy;

import dev.clew.budget.Holding;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RequestHead;
import dev.clew.exchange.RoutedRequest;
import dev.clew.limit.HeaderSection;

/**
 * The bytes that one request holds on its tenant's memory account, besides deliberately buffered bodies. Requests that
 * end quickly and never meet back-pressure are not charged. Confined to the request's event loop.
 */
final class HeldBytes {

    /** The direction of paused bytes. */
    enum Direction {
        UPSTREAM,
        CLIENT
    }

    /**
     * The maximum bytes on either side of a paused body: those read and not forwarded, and those forwarded and not
     * consumed. Vert.x's and Netty's queues fill at this size, which is also the flow-control window of a stream (RFC
     * 9113 section 6.5.2).
     */
    static final int SIDE = 64 * 1024;

    /**
     * The bytes of a request without its header fields: its state in Vert.x, Netty and the gateway on both connections.
     */
    static final int REQUEST = 8 * 1024;

    /** The header fields as received and as forwarded. */
    private static final int COPIES_OF_HEAD = 2;

    private final Exchange exchange;
    private final Holding holding;
    private boolean charged;
    private boolean pausedToUpstream;
    private boolean pausedToClient;
    private boolean released;

    HeldBytes(RoutedRequest request) {
        this.exchange = request.exchange();
        this.holding = new Holding(request.tenant().account());
    }

    /**
     * Charges a request that takes long.
     *
     * @return false if its tenant holds too much memory for it to continue
     */
    boolean charge() {
        if (charged) {
            return true;
        }
        charged = true;
        long head = HeaderSection.size(exchange.request().headers());
        long body = exchange.head().bodyLength();
        long unread = body == RequestHead.UNKNOWN ? SIDE : Math.min(SIDE, body);
        return holding.add(REQUEST + COPIES_OF_HEAD * head + unread);
    }

    /**
     * Charges paused bytes; does nothing if the direction is already paused.
     *
     * @return false if the tenant holds too much memory for the request to continue
     */
    boolean pause(Direction to) {
        return released || isPaused(to) || (mark(to, true) && holding.add(2L * SIDE));
    }

    /** Releases the paused bytes of a direction. */
    void resume(Direction to) {
        if (isPaused(to)) {
            mark(to, false);
            holding.add(-2L * SIDE);
        }
    }

    boolean isPaused(Direction to) {
        return to == Direction.UPSTREAM ? pausedToUpstream : pausedToClient;
    }

    private boolean mark(Direction to, boolean held) {
        if (to == Direction.UPSTREAM) {
            pausedToUpstream = held;
        } else {
            pausedToClient = held;
        }
        return true;
    }

    /**
     * Releases everything. Later charges are ignored: only bytes on their way to the client, or of a tunnel that is
     * closing, can follow.
     */
    void release() {
        released = true;
        charged = true;
        pausedToUpstream = false;
        pausedToClient = false;
        holding.release();
    }
}

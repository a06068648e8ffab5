package dev.clew.proxy;

import dev.clew.budget.Holding;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RequestHead;
import dev.clew.exchange.RoutedRequest;
import dev.clew.limit.HeaderSection;

/**
 * The bytes that one request holds of its tenant's memory, beside the bodies that are kept on purpose. Nothing is
 * counted of a request that neither lasts nor is held back. Used on its event loop only.
 */
final class HeldBytes {

    /** Where the bytes go that are held back. */
    enum Direction {
        UPSTREAM,
        CLIENT
    }

    /**
     * The most bytes on either side of a body that is held back: those read and not passed on, and those passed on and
     * not taken. Vert.x's and Netty's queues are full at that much, and it is a stream's window (RFC 9113 section
     * 6.5.2).
     */
    static final int SIDE = 64 * 1024;

    /** A request without its fields: what Vert.x, Netty and the gateway know of it on both connections. */
    static final int REQUEST = 8 * 1024;

    /** The fields as they came, and those that went on. */
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

    /** The request lasts; false when its tenant holds too much for it to go on. */
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

    /** Bytes are held back, perhaps still; false when the tenant holds too much for the request to go on. */
    boolean pause(Direction to) {
        return released || isPaused(to) || (mark(to, true) && holding.add(2L * SIDE));
    }

    /** They go on. */
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
     * Nothing of it is left but what is on its way to the client; what a tunnel that ends still brings counts no more.
     */
    void release() {
        released = true;
        charged = true;
        pausedToUpstream = false;
        pausedToClient = false;
        holding.release();
    }
}

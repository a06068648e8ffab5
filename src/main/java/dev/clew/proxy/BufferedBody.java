package dev.clew.proxy;

import dev.clew.budget.Account;
import dev.clew.budget.Holding;
import io.vertx.core.buffer.Buffer;

/** What was read of a request's body, held within a bound so that another attempt can send it again. */
final class BufferedBody {

    private final int limit;
    private final Holding holding;
    private Buffer bytes = Buffer.buffer();
    private boolean overflown;
    private boolean refused;
    private boolean ended;

    /**
     * Nothing so far.
     *
     * @param limit in bytes
     * @param account whose memory it is
     */
    BufferedBody(int limit, Account account) {
        this.limit = limit;
        this.holding = new Holding(account);
    }

    void read(Buffer chunk) {
        if (overflown || bytes.length() + chunk.length() > limit) {
            discard();
            return;
        }
        bytes.appendBuffer(chunk);
        if (!holding.add(chunk.length())) {
            refused = true;
            discard();
        }
    }

    private void discard() {
        overflown = true;
        bytes = Buffer.buffer();
        holding.release();
    }

    /** Whether all that was read is still here. */
    boolean isWhole() {
        return !overflown;
    }

    /** Returns whether it was given up because too much is held for its tenant. */
    boolean isRefused() {
        return refused;
    }

    Buffer bytes() {
        return bytes;
    }

    void end() {
        ended = true;
    }

    /** Whether the client has sent all of it. */
    boolean isEnded() {
        return ended;
    }

    /** Nobody needs it any more; may be called again. */
    void release() {
        overflown = true;
        holding.release();
    }
}

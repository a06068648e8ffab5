package dev.clew.proxy;

import dev.clew.budget.Account;
import dev.clew.budget.Holding;
import io.vertx.core.buffer.Buffer;

/** The part of a request body read so far, buffered up to a limit for a later attempt or a mirror. */
final class BufferedBody {

    private final int limit;
    private final Holding holding;
    private Buffer bytes = Buffer.buffer();
    private boolean overflown;
    private boolean rejected;
    private boolean ended;

    /**
     * Creates an empty buffer.
     *
     * @param limit in bytes
     * @param account the memory account charged
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
            rejected = true;
            discard();
        }
    }

    private void discard() {
        overflown = true;
        bytes = Buffer.buffer();
        holding.release();
    }

    /** Returns whether all bytes read are still buffered. */
    boolean isWhole() {
        return !overflown;
    }

    /** Returns whether the buffer was discarded because its tenant holds too much memory. */
    boolean isRejected() {
        return rejected;
    }

    Buffer bytes() {
        return bytes;
    }

    void end() {
        ended = true;
    }

    /** Returns whether the client has sent the entire body. */
    boolean isEnded() {
        return ended;
    }

    /** Releases the buffer. Idempotent. */
    void release() {
        overflown = true;
        holding.release();
    }
}

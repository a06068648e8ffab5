package dev.clew.proxy;

import io.vertx.core.buffer.Buffer;

/** What was read of a request's body, held within a bound so that another attempt can send it again. */
final class KeptBody {

    private final int limit;
    private final Buffer bytes = Buffer.buffer();
    private boolean overflown;
    private boolean ended;

    /** @param limit in bytes */
    KeptBody(int limit) {
        this.limit = limit;
    }

    void read(Buffer chunk) {
        if (overflown || bytes.length() + chunk.length() > limit) {
            overflown = true;
        } else {
            bytes.appendBuffer(chunk);
        }
    }

    /** Whether all that was read is still here. */
    boolean isWhole() {
        return !overflown;
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
}

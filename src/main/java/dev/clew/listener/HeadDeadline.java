package dev.clew.listener;

import dev.clew.budget.Holding;
import dev.clew.budget.Ledger;
import dev.clew.budget.channel.ChannelBytes;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The most time from the first byte of a request's head to its last: what idle timeouts do not bound, for a client that sends a
 * byte now and then is never silent. Used on the connection's event loop only.
 *
 * <p>To be asked only when all that was read has been decoded: a head that came at once then costs no timer.
 */
final class HeadDeadline {

    /** The most that is taken for a head's: behind it on the connection may stand a body. */
    private static final int MOST_BYTES = 32 * 1024;

    /** The shortest field line, and the most fields that are made into objects before the head is refused. */
    private static final int SHORTEST_FIELD = 4;

    private static final int MOST_FIELDS = 100;
    private static final int FIELD_OBJECTS = 200;

    private final long millis;
    private final Holding holding = new Holding(Ledger.ofProcess().connections());
    private @Nullable Future<?> timer;
    private long readBefore;

    /** @param most above zero */
    HeadDeadline(Duration most) {
        this.millis = most.toMillis();
    }

    /** A head has begun and not ended; nothing changes when that is known already. At once late when too much is held. */
    void begin(ChannelHandlerContext context, Runnable late) {
        // A head that nothing was known of before has come since then.
        readBefore = timer == null ? ChannelBytes.readBefore(context.channel()) : readBefore;
        boolean within = holding.set(heldBy(Math.min(MOST_BYTES, ChannelBytes.read(context.channel()) - readBefore)));
        if (timer == null) {
            timer = context.executor().schedule(late, within ? millis : 0, TimeUnit.MILLISECONDS);
        } else if (!within) {
            timer.cancel(false);
            timer = context.executor().schedule(late, 0, TimeUnit.MILLISECONDS);
        }
    }

    /** The bytes, the text that was made of them, and the objects around it. */
    private static long heldBy(long bytes) {
        return 2 * bytes + FIELD_OBJECTS * Math.min(MOST_FIELDS, bytes / SHORTEST_FIELD);
    }

    /** The head has ended, or will never. */
    void end() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
            holding.release();
        }
    }
}

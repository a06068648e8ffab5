package dev.clew.gateway;

import dev.clew.rate.TokenBucket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Logs what clients do wrong at INFO, within a rate for each error code: anybody can cause these lines. The journal has
 * all of them.
 */
final class RejectionLog {

    private static final Logger LOG = Logger.getLogger(RejectionLog.class);
    private static final int MOST_PER_MINUTE = 30;

    private final Map<String, Rate> rates = new ConcurrentHashMap<>();

    private record Rate(TokenBucket lines, AtomicLong omitted) {}

    /**
     * Logs a rejection, unless there were too many.
     *
     * @param code of the error; one of a few
     * @param reason without anything that a client wrote
     */
    void reject(String code, String reason, long nowNanos) {
        Rate rate = rates.get(code);
        if (rate == null) {
            rate = new Rate(TokenBucket.perMinute(MOST_PER_MINUTE), new AtomicLong());
            Rate earlier = rates.putIfAbsent(code, rate);
            rate = earlier == null ? rate : earlier;
        }
        if (!rate.lines.tryTake(nowNanos)) {
            rate.omitted.incrementAndGet();
            return;
        }
        long omitted = rate.omitted.getAndSet(0);
        LOG.infof("%s: %s%s", code, reason, omitted == 0 ? "" : " (" + omitted + " more were not logged)");
    }
}

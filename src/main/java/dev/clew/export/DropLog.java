package dev.clew.export;

import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.Signal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Tracks whether the queue is dropping spans for lack of room, and logs the beginning and the end. Polls the counts on
 * the destination's thread, so that an offer costs nothing extra.
 */
final class DropLog {

    private static final Logger LOG = Logger.getLogger(Destination.class);

    /** The time without drops that ends the state, in delays of the queue: 30 s by default. */
    private static final int QUIET_DELAYS = 6;

    private final ExportCounters counters;
    private final Map<DropReason, Long> before = new EnumMap<>(DropReason.class);
    private volatile long checked;
    private volatile boolean dropping;
    private long lastNanos;

    DropLog(ExportCounters counters) {
        this.counters = counters;
        remember();
        this.checked = sum();
    }

    /** Returns true as soon as spans are dropped, even between two {@linkplain #check checks}. */
    boolean isDropping() {
        return dropping || sum() > checked;
    }

    /** Logs the change since the last check. */
    void check(DestinationSettings settings) {
        long now = sum();
        Duration quiet = settings.queue().delay().multipliedBy(QUIET_DELAYS);
        if (now > checked) {
            lastNanos = System.nanoTime();
            if (!dropping) {
                dropping = true;
                warn(settings, quiet);
            }
            checked = now;
        } else if (dropping && System.nanoTime() - lastNanos > quiet.toNanos()) {
            dropping = false;
            LOG.infof(
                    "telemetry destination %s (%s): the queue has room again; dropped meanwhile: %s",
                    settings.label(), settings.address(), numbers(settings.signal()));
            remember();
        }
    }

    private void warn(DestinationSettings settings, Duration quiet) {
        boolean onlyLarge = count(DropReason.QUEUE_FULL) + count(DropReason.TENANT_SHARE) == 0;
        LOG.warnf(
                "telemetry destination %s (%s): %s are dropped at the queue: %s so far; %s. Requests are"
                        + " not affected; this is logged once until nothing has been dropped for %d ms",
                settings.label(),
                settings.address(),
                settings.signal().items(),
                numbers(settings.signal()),
                onlyLarge ? tooSmall(settings.signal()) : tooSlow(settings.signal()),
                quiet.toMillis());
    }

    private static String tooSmall(Signal signal) {
        return switch (signal) {
            case TRACES -> "the queue is too small for a span of that size (queue.bytes)";
            case LOGS -> "the queue is too small for a record of that size (OTEL_BLRP_MAX_QUEUE_SIZE)";
            case METRICS -> "there are more time series than one message may have";
        };
    }

    private static String tooSlow(Signal signal) {
        return "the backend is too slow, or the "
                + switch (signal) {
                    case TRACES -> "queue too small (queue.bytes, queue.spans, OTEL_BSP_MAX_QUEUE_SIZE)";
                    case LOGS -> "queue too small (OTEL_BLRP_MAX_QUEUE_SIZE)";
                    case METRICS -> "interval too short (OTEL_METRIC_EXPORT_INTERVAL)";
                };
    }

    /** Returns the drops by reason, such as {@code 162 spans (tenant-share)}. */
    private String numbers(Signal signal) {
        StringBuilder numbers = new StringBuilder();
        for (DropReason reason : DropReason.AT_QUEUE) {
            if (count(reason) > 0) {
                numbers.append(numbers.length() == 0 ? "" : ", ")
                        .append(count(reason))
                        .append(' ')
                        .append(signal.items())
                        .append(" (")
                        .append(reason.tag())
                        .append(')');
            }
        }
        return numbers.toString();
    }

    /** Returns the number dropped since the state began. */
    private long count(DropReason reason) {
        return counters.dropped(reason) - before.getOrDefault(reason, 0L);
    }

    private void remember() {
        DropReason.AT_QUEUE.forEach(reason -> before.put(reason, counters.dropped(reason)));
    }

    private long sum() {
        long sum = 0;
        for (DropReason reason : DropReason.AT_QUEUE) {
            sum += counters.dropped(reason);
        }
        return sum;
    }
}

package dev.clew.observe;

import io.prometheus.client.exemplars.Exemplar;
import io.prometheus.client.exemplars.ExemplarSampler;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Exemplars of the metrics page: the registry asks for the current trace whenever a value is recorded, which is at the
 * end of an exchange. The recording thread says just before which trace that is.
 *
 * <p>All event loops share one field, which costs less than a map of threads: it names its thread, so that a loop that
 * was overtaken by another one finds no trace, and the value gets no exemplar. Requests that are not exported leave the
 * field alone.
 */
public final class Exemplars implements ExemplarSampler {

    /** The beginning of an exemplar in OpenMetrics. */
    public static final String MARK = " # {span_id=\"";

    /** The least time between two exemplars of one bucket. */
    private static final long INTERVAL_MILLIS = 1_000;

    private static final AtomicReference<@Nullable Recorded> CURRENT = new AtomicReference<>();

    private record Recorded(Thread by, String traceId, String spanId) {}

    /** Names the span of the values that this thread records until {@link #end()}. */
    static void begin(String traceId, String spanId) {
        CURRENT.setRelease(new Recorded(Thread.currentThread(), traceId, spanId));
    }

    static void end() {
        CURRENT.setRelease(null);
    }

    /** Returns none: a counter's would say nothing that the buckets do not. */
    @Override
    public @Nullable Exemplar sample(double increment, @Nullable Exemplar previous) {
        return null;
    }

    @Override
    public @Nullable Exemplar sample(double value, double from, double to, @Nullable Exemplar previous) {
        @Nullable Recorded current = CURRENT.getPlain();
        if (current == null || current.by != Thread.currentThread()) {
            return null;
        }
        long now = System.currentTimeMillis();
        return previous != null && now - previous.getTimestampMs() < INTERVAL_MILLIS
                ? null
                : new Exemplar(value, now, "span_id", current.spanId, "trace_id", current.traceId);
    }
}

package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import dev.clew.export.settings.Environment.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads the queue settings of one destination: for spans its mapping's {@code queue}, then {@code OTEL_BSP_*}; for logs
 * {@code OTEL_BLRP_*}; for metrics {@code OTEL_METRIC_EXPORT_*}.
 */
final class QueueReader {

    /** Without a delay the thread would spin while there is nothing to send. */
    private static final Duration LEAST_DELAY = Duration.ofMillis(10);

    private static final long LEAST_BYTES = 64L << 10;
    private static final long MAX_BYTES = 64L << 30;

    private QueueReader() {}

    static QueueSettings read(Environment environment, Signal signal) {
        return switch (signal) {
            case TRACES -> spans(environment);
            case LOGS -> logs(environment);
            case METRICS -> metrics(environment);
        };
    }

    private static QueueSettings spans(Environment environment) {
        QueueSettings unset = QueueSettings.DEFAULT;
        Optional<Integer> said = environment.read(
                "the number is bounded by queue.bytes alone",
                Environment.integer(1, QueueSettings.MAX_ITEMS),
                "queue.spans",
                "OTEL_BSP_MAX_QUEUE_SIZE");
        long inStep = bytes(said);
        long bytes = environment
                .read(inStep + " is used", QueueReader::size, "queue.bytes")
                .orElse(inStep);
        int spans = said.orElseGet(() -> QueueSettings.mostItemsIn(bytes));
        int batch = environment.integer(
                1, spans, Math.min(unset.batch(), spans), "queue.batch", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE");
        Duration delay = environment
                .read(
                        "5s is used",
                        List.of(
                                new Source<>("queue.delay", Durations::withUnit),
                                new Source<>("OTEL_BSP_SCHEDULE_DELAY", Durations.DELAY)))
                .orElse(unset.delay());
        Duration timeout = environment
                .read(
                        "30s is used",
                        List.of(
                                new Source<>("queue.export-timeout", Durations::withUnit),
                                new Source<>("OTEL_BSP_EXPORT_TIMEOUT", Durations.TIMEOUT)))
                .orElse(unset.exportTimeout());
        return new QueueSettings(spans, bytes, batch, spaced(delay), timeout);
    }

    private static QueueSettings logs(Environment environment) {
        QueueSettings unset = QueueSettings.DEFAULT;
        Optional<Integer> said = environment.read(
                "the number is bounded by 8 MiB alone",
                Environment.integer(1, QueueSettings.MAX_ITEMS),
                "OTEL_BLRP_MAX_QUEUE_SIZE");
        long bytes = bytes(said);
        int records = said.orElseGet(() -> QueueSettings.mostItemsIn(bytes));
        int batch =
                environment.integer(1, records, Math.min(unset.batch(), records), "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE");
        Duration delay = environment
                .read("1s is used", Durations.DELAY, "OTEL_BLRP_SCHEDULE_DELAY")
                .orElse(Duration.ofSeconds(1));
        Duration timeout = environment
                .read("30s is used", Durations.TIMEOUT, "OTEL_BLRP_EXPORT_TIMEOUT")
                .orElse(unset.exportTimeout());
        return new QueueSettings(records, bytes, batch, spaced(delay), timeout);
    }

    /** Returns a queue for one collection: the next one has newer values of the same metrics. */
    private static QueueSettings metrics(Environment environment) {
        Duration interval = environment
                .read("60s is used", Durations.DELAY, "OTEL_METRIC_EXPORT_INTERVAL")
                .orElse(Duration.ofSeconds(60));
        Duration timeout = environment
                .read("30s is used", Durations.TIMEOUT, "OTEL_METRIC_EXPORT_TIMEOUT")
                .orElse(QueueSettings.DEFAULT.exportTimeout());
        return new QueueSettings(1, QueueSettings.MAX_COLLECTION_BYTES, 1, spaced(interval), timeout);
    }

    /** Grows with the number of items, 4 KiB each, so that raising the number has an effect. */
    private static long bytes(Optional<Integer> said) {
        return Math.max(QueueSettings.DEFAULT.maxBytes(), 4096L * said.orElse(0));
    }

    private static Duration spaced(Duration delay) {
        return delay.compareTo(LEAST_DELAY) < 0 ? LEAST_DELAY : delay;
    }

    /** Parses a size in bytes, with binary units: {@code 8388608}, {@code 8192K}, {@code 8M}, {@code 1G}. */
    private static Long size(String value) throws Malformed {
        int shift = value.isEmpty() ? -1 : "KMG".indexOf(value.charAt(value.length() - 1));
        String number = shift < 0 ? value : value.substring(0, value.length() - 1);
        try {
            long count = Integer.parseInt(number);
            long bytes = count << 10 * (shift + 1);
            if (count > 0 && bytes >= LEAST_BYTES && bytes <= MAX_BYTES) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new Malformed("a size in bytes from 64K to 64G, such as 8M");
    }
}

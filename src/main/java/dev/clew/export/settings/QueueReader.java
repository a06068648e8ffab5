package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import dev.clew.export.settings.Environment.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the queue settings of one destination: its mapping's {@code queue}, then {@code OTEL_BSP_*}. */
final class QueueReader {

    /** Without a delay the thread would spin while there is nothing to send. */
    private static final Duration LEAST_DELAY = Duration.ofMillis(10);

    private static final long LEAST_BYTES = 64L << 10;
    private static final long MAX_BYTES = 64L << 30;

    private QueueReader() {}

    static QueueSettings read(Environment environment) {
        QueueSettings unset = QueueSettings.DEFAULT;
        Optional<Integer> said = environment.read(
                "the number is bounded by queue.bytes alone",
                Environment.integer(1, QueueSettings.MAX_ITEMS),
                "queue.spans",
                "OTEL_BSP_MAX_QUEUE_SIZE");
        // Grows with the number of spans, 4 KiB each, so that raising the number has an effect.
        long inStep = Math.max(unset.maxBytes(), 4096L * said.orElse(0));
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
        return new QueueSettings(spans, bytes, batch, delay.compareTo(LEAST_DELAY) < 0 ? LEAST_DELAY : delay, timeout);
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

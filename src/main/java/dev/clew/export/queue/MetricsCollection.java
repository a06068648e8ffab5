package dev.clew.export.queue;

import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.List;

/**
 * The values of all metrics at one time, which are one message.
 *
 * @param metrics the values
 * @param approximateBytes the approximate size in memory
 */
public record MetricsCollection(List<MetricData> metrics, int approximateBytes) implements Queued {

    public MetricsCollection {
        metrics = List.copyOf(metrics);
    }

    /** Returns no tenant: a collection contains the metrics of all. */
    @Override
    public String tenant() {
        return "";
    }
}

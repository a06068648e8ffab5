package dev.clew.export.queue;

import dev.clew.export.settings.QueueSettings;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;

/**
 * One line of the access log as OpenTelemetry's log record, which a backend links to the request's SERVER span.
 *
 * @param tenant the tenant of the request; empty if none is known
 * @param origin the origin of the gateway's spans, which is the record's too
 * @param ids the identity of the SERVER span
 * @param timestampEpochNanos the time in the line, in nanoseconds since 1970-01-01T00:00:00Z
 * @param observedTimestampEpochNanos the time when the line was written
 * @param text the line
 * @param attributes fields of the line, under the names of OpenTelemetry's conventions
 */
public record LogLine(
        String tenant,
        SpanOrigin origin,
        SpanIds ids,
        long timestampEpochNanos,
        long observedTimestampEpochNanos,
        String text,
        SpanAttributes attributes)
        implements LogRecordData, Queued {

    @Override
    public int approximateBytes() {
        return QueueSettings.LEAST_ITEM_BYTES
                + text.length()
                + ids.traceState().length()
                + attributes.approximateBytes();
    }

    @Override
    public Resource getResource() {
        return origin.resource();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return origin.scope();
    }

    @Override
    public long getTimestampEpochNanos() {
        return timestampEpochNanos;
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return observedTimestampEpochNanos;
    }

    @Override
    public SpanIds getSpanContext() {
        return ids;
    }

    @Override
    public Severity getSeverity() {
        return Severity.INFO;
    }

    @Override
    public String getSeverityText() {
        return "INFO";
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // still abstract in LogRecordData, so it must be here
    public io.opentelemetry.sdk.logs.data.Body getBody() {
        return io.opentelemetry.sdk.logs.data.Body.string(text);
    }

    @Override
    public Value<?> getBodyValue() {
        return Value.of(text);
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }
}

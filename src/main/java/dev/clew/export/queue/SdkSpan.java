package dev.clew.export.queue;

import dev.clew.export.settings.QueueSettings;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;

/** A finished span of OpenTelemetry's SDK, as created through its API. */
public final class SdkSpan extends DelegatingSpanData implements QueuedSpan {

    private final String tenant;
    private final int approximateBytes;

    /**
     * Wraps a span that has ended.
     *
     * @param span not modified afterwards
     * @param tenant the tenant of the span; empty if none is known
     */
    public SdkSpan(SpanData span, String tenant) {
        super(span);
        this.tenant = tenant;
        this.approximateBytes = sizeOf(span);
    }

    private static int sizeOf(SpanData span) {
        long bytes = QueueSettings.LEAST_ITEM_BYTES
                + span.getName().length()
                + span.getStatus().getDescription().length()
                + traceState(span.getSpanContext())
                + SpanAttributes.approximateBytes(span.getAttributes());
        for (EventData event : span.getEvents()) {
            bytes += QueueSettings.LEAST_ITEM_BYTES
                    + event.getName().length()
                    + SpanAttributes.approximateBytes(event.getAttributes());
        }
        for (LinkData link : span.getLinks()) {
            bytes += QueueSettings.LEAST_ITEM_BYTES
                    + traceState(link.getSpanContext())
                    + SpanAttributes.approximateBytes(link.getAttributes());
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private static int traceState(SpanContext context) {
        return context.getTraceState() instanceof TraceStateList carried
                ? carried.text().length()
                : 0;
    }

    @Override
    public String tenant() {
        return tenant;
    }

    @Override
    public int approximateBytes() {
        return approximateBytes;
    }
}

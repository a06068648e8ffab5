package dev.clew.export.queue;

import dev.clew.export.settings.QueueSettings;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/**
 * One finished span: immutable, created on the request path once everything about it is known, and read directly by
 * OpenTelemetry's exporters.
 *
 * <p>OpenTelemetry's {@code SdkSpan} costs a lock, a map and two copies per request and must be sampled at its start;
 * this class is a handful of references (ADR "own spans").
 */
public final class FinishedSpan implements QueuedSpan {

    /** The size of this object, its identity and the text of its identifiers. */
    private static final int FIXED_BYTES = QueueSettings.LEAST_ITEM_BYTES;

    private final SpanTemplate template;
    private final SpanIds ids;
    private final long startEpochNanos;
    private final long endEpochNanos;
    private final StatusData status;
    private final Attributes attributes;
    private final List<LinkData> links;
    private final int totalLinks;
    private final int totalAttributeCount;
    private final int approximateBytes;

    /**
     * Creates a span without links.
     *
     * @param startEpochNanos nanoseconds since 1970-01-01T00:00:00Z
     * @param endEpochNanos nanoseconds since 1970-01-01T00:00:00Z, not before the start
     */
    public FinishedSpan(
            SpanTemplate template,
            SpanIds ids,
            long startEpochNanos,
            long endEpochNanos,
            StatusData status,
            SpanAttributes attributes) {
        this.template = template;
        this.ids = ids;
        this.startEpochNanos = startEpochNanos;
        this.endEpochNanos = endEpochNanos;
        this.status = status;
        this.attributes = template.origin().limits().apply(attributes);
        this.links = List.of();
        this.totalLinks = 0;
        this.totalAttributeCount = attributes.size();
        this.approximateBytes = FIXED_BYTES + ids.traceState().length() + attributes.approximateBytes();
    }

    /** @param linkBytes the size of the link in memory */
    private FinishedSpan(FinishedSpan span, List<LinkData> links, int linkBytes) {
        this.template = span.template;
        this.ids = span.ids;
        this.startEpochNanos = span.startEpochNanos;
        this.endEpochNanos = span.endEpochNanos;
        this.status = span.status;
        this.attributes = span.attributes;
        this.links = links;
        this.totalLinks = 1;
        this.totalAttributeCount = span.totalAttributeCount;
        this.approximateBytes = span.approximateBytes + linkBytes;
    }

    /**
     * Returns this span with a link to another one, for example to the caller's if the trace was restarted; if links
     * are disabled, the link counts as dropped.
     */
    public FinishedSpan linkedTo(SpanContext other) {
        if (template.origin().limits().links() == 0) {
            return new FinishedSpan(this, List.of(), 0);
        }
        // The caller's tracestate may be larger than the rest of the span.
        int list = other.getTraceState() instanceof TraceStateList carried
                ? carried.text().length()
                : 0;
        return new FinishedSpan(this, List.of(LinkData.create(other)), FIXED_BYTES + list);
    }

    @Override
    public int approximateBytes() {
        return approximateBytes;
    }

    @Override
    public String tenant() {
        return template.tenant();
    }

    /** Returns the identity of this span and its parent. */
    public SpanIds ids() {
        return ids;
    }

    @Override
    public String getName() {
        return template.name();
    }

    @Override
    public SpanKind getKind() {
        return template.kind();
    }

    @Override
    public SpanContext getSpanContext() {
        return ids;
    }

    @Override
    public String getTraceId() {
        return ids.traceId();
    }

    @Override
    public String getSpanId() {
        return ids.spanId();
    }

    @Override
    public SpanContext getParentSpanContext() {
        return ids.parent();
    }

    @Override
    public StatusData getStatus() {
        return status;
    }

    @Override
    public long getStartEpochNanos() {
        return startEpochNanos;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public List<LinkData> getLinks() {
        return links;
    }

    @Override
    public long getEndEpochNanos() {
        return endEpochNanos;
    }

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }

    @Override
    public int getTotalRecordedLinks() {
        return totalLinks;
    }

    @Override
    public int getTotalAttributeCount() {
        return totalAttributeCount;
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // still abstract in SpanData, so it must be here
    public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create(
                getInstrumentationScopeInfo().getName(),
                getInstrumentationScopeInfo().getVersion());
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return template.origin().scope();
    }

    @Override
    public Resource getResource() {
        return template.origin().resource();
    }

    /** Returns the kind, name and IDs, without attributes. */
    @Override
    public String toString() {
        return getKind() + " " + getName() + " " + ids.traceId() + "/" + ids.spanId();
    }
}

package dev.clew.export.sdk;

import dev.clew.export.queue.SdkSpan;
import dev.clew.export.queue.SpanSink;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queues the spans made through OpenTelemetry's API for export: those below a request go where its tenant's go, with
 * {@code tenant.id}, and count for its share of the queue; all others go to the default destination.
 */
public final class SdkSpans implements SpanProcessor {

    /** The tenant of a request, in the context of its spans. */
    public static final ContextKey<String> TENANT = ContextKey.named("clew-tenant");

    private static final AttributeKey<String> TENANT_ID = AttributeKey.stringKey("tenant.id");

    private final Function<String, SpanSink> sinks;

    /** @param sinks by tenant; the empty name has the sink of spans without one */
    public SdkSpans(Function<String, SpanSink> sinks) {
        this.sinks = sinks;
    }

    /** Returns the sampler of these spans. */
    public static Sampler sampler(Sampler configured) {
        return new SdkSampler(configured);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        @Nullable String tenant = parent.get(TENANT);
        if (tenant != null) {
            span.setAttribute(TENANT_ID, tenant);
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled()) {
            @Nullable String tenant = span.getAttribute(TENANT_ID);
            String known = tenant == null ? "" : tenant;
            sinks.apply(known).offer(new SdkSpan(span.toSpanData(), known));
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}

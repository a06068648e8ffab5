package dev.clew.export.sdk;

import dev.clew.export.queue.SdkSpan;
import dev.clew.export.queue.SpanSink;
import dev.clew.tenant.TenantEntry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queues the spans made through OpenTelemetry's API for export: those below a request go where its tenant's go, with
 * {@code tenant.id}, and count for its share of the queue; all others go to the default destination.
 */
public final class SdkSpans implements SpanProcessor {

    /** The tenant of a request, in the context of its spans. */
    public static final ContextKey<TenantEntry> TENANT = ContextKey.named("clew-tenant");

    private static final AttributeKey<String> TENANT_ID = AttributeKey.stringKey("tenant.id");

    private final Function<@Nullable TenantEntry, SpanSink> sinks;
    /** By span, from its start to its end. Not an attribute: code may set those, and limits cut them. */
    private final Map<Object, TenantEntry> owners = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param sinks by tenant; null for spans without one */
    public SdkSpans(Function<@Nullable TenantEntry, SpanSink> sinks) {
        this.sinks = sinks;
    }

    /** Returns the sampler of these spans. */
    public static Sampler sampler(Sampler configured) {
        return new SdkSampler(configured);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        @Nullable TenantEntry given = parent.get(TENANT);
        // A context may carry nothing but the span above.
        @Nullable TenantEntry tenant = given != null ? given : owners.get(Span.fromContext(parent));
        if (tenant != null) {
            owners.put(span, tenant);
            span.setAttribute(TENANT_ID, tenant.tenant().id().value());
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        @Nullable TenantEntry tenant = owners.remove(span);
        if (span.getSpanContext().isSampled()) {
            String name = tenant == null ? "" : tenant.tenant().id().value();
            sinks.apply(tenant).offer(new SdkSpan(span.toSpanData(), name));
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}

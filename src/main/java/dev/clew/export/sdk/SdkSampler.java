package dev.clew.export.sdk;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * The sampler of spans made through the API. A span below a request's follows the request's decision, whatever the
 * configured sampler: children without their parent would be fragments. Others follow the configured sampler.
 *
 * @param roots the configured sampler
 */
record SdkSampler(Sampler roots) implements Sampler {

    /** Present in the context of a span whose sampling has been decided already. */
    static final ContextKey<Boolean> DECIDED = ContextKey.named("clew-sampled");

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        SpanContext above = Span.fromContext(parent).getSpanContext();
        if (above.isValid()) {
            return above.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
        }
        return parent.get(DECIDED) != null
                ? SamplingResult.recordAndSample()
                : roots.shouldSample(parent, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "RequestBased{" + roots.getDescription() + "}";
    }
}

package dev.clew.export.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.exchange.EpochClock;
import dev.clew.export.Spans;
import dev.clew.export.queue.QueuedSpan;
import dev.clew.export.queue.SpanIds;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.settings.InternalSpanRatios;
import dev.clew.tenant.TenantEntry;
import dev.clew.testing.ExampleTenants;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdkSpansTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    private static final EpochClock CLOCK = new EpochClock();
    private static final TenantEntry ACME = TenantEntry.of(ExampleTenants.tenant("acme", "acme.test"));

    private final List<QueuedSpan> queued = new ArrayList<>();
    private final List<String> tenants = new ArrayList<>();
    private Sampler roots = Sampler.alwaysOn();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .setSampler(SdkSpans.sampler(new Configured()))
                    .addSpanProcessor(new SdkSpans(tenant -> {
                        tenants.add(tenant == null ? "" : tenant.tenant().id().value());
                        return queued::add;
                    }))
                    .build())
            .build();

    /** The configured sampler, which tests change. */
    private final class Configured implements Sampler {
        @Override
        public SamplingResult shouldSample(
                Context parent,
                String traceId,
                String name,
                SpanKind kind,
                Attributes attributes,
                List<LinkData> links) {
            return roots.shouldSample(parent, traceId, name, kind, attributes, links);
        }

        @Override
        public String getDescription() {
            return "configured";
        }
    }

    @AfterEach
    void close() {
        sdk.close();
    }

    private static Context request(boolean sampled) {
        TraceFlags flags = sampled ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return Context.root()
                .with(Span.wrap(SpanContext.create(TRACE, PARENT, flags, TraceState.getDefault())))
                .with(SdkSpans.TENANT, ACME);
    }

    private Span start(Context parent) {
        return sdk.getTracer("test").spanBuilder("work").setParent(parent).startSpan();
    }

    @Test
    void aSpanBelowARequestBelongsToItsTenant() {
        start(request(true)).end();
        assertEquals(List.of("acme"), tenants);
        QueuedSpan span = queued.get(0);
        assertEquals("acme", span.tenant());
        assertEquals(TRACE, span.getTraceId());
        assertEquals(PARENT, span.getParentSpanId());
        assertTrue(span.approximateBytes() > 0);
    }

    @Test
    void codeCannotMoveASpanToAnotherTenant() {
        Span span = start(request(true));
        span.setAttribute("tenant.id", "globex");
        span.end();
        assertEquals(List.of("acme"), tenants);
        assertEquals("acme", queued.get(0).tenant());
    }

    @Test
    void aSpanBelowASpanBelongsToTheSameTenant() {
        Span above = start(request(true));
        start(Context.root().with(above)).end();
        assertEquals(List.of("acme"), tenants);
    }

    @Test
    void theCallersTraceStateCounts() {
        Context parent =
                Context.root().with(Span.wrap(new SpanIds(TRACE, PARENT, "", false, (byte) 1, "a=" + "b".repeat(200))));
        start(Context.root()).end();
        start(parent).end();
        assertEquals(202, queued.get(1).approximateBytes() - queued.get(0).approximateBytes());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSpanBelowARequestFollowsItWhateverTheConfiguredSamplerSays(boolean sampled) {
        roots = sampled ? Sampler.alwaysOff() : Sampler.alwaysOn();
        start(request(sampled)).end();
        assertEquals(sampled ? 1 : 0, queued.size());
    }

    @Test
    void aSpanWithoutARequestFollowsTheConfiguredSampler() {
        start(Context.root()).end();
        assertEquals(List.of(""), tenants);
        roots = Sampler.alwaysOff();
        start(Context.root()).end();
        assertEquals(1, queued.size());
    }

    @Test
    void internalWorkHasItsOwnRatios() {
        roots = Sampler.alwaysOff();
        InternalSpans all = new InternalSpans(sdk, new InternalSpanRatios(1, 1), CLOCK::epochNanosAt);
        InternalSpans none = new InternalSpans(sdk, new InternalSpanRatios(0, 0), CLOCK::epochNanosAt);
        InternalSpans.end(all.background("reload", SpanKind.INTERNAL), null);
        InternalSpans.end(all.ofRequest("check", SpanKind.CLIENT, request(true)), "timeout");
        InternalSpans.end(all.ofRequest("check", SpanKind.CLIENT, request(false)), null);
        InternalSpans.end(none.background("reload", SpanKind.INTERNAL), null);
        InternalSpans.end(none.ofRequest("check", SpanKind.CLIENT, request(true)), null);
        assertEquals(
                List.of("reload", "check"),
                queued.stream().map(QueuedSpan::getName).toList());
        assertEquals(StatusCode.ERROR, queued.get(1).getStatus().getStatusCode());
        assertEquals(TRACE, queued.get(1).getTraceId());
        assertFalse(none.tracesRequests());
    }

    @Test
    void aSpanOfWorkThatIsOverHasItsLength() {
        InternalSpans all = new InternalSpans(sdk, new InternalSpanRatios(1, 0), CLOCK::epochNanosAt);
        InternalSpans.end(all.background("health check", SpanKind.CLIENT, 5_000_000_000L), "failed");
        QueuedSpan span = queued.get(0);
        assertTrue(span.getEndEpochNanos() - span.getStartEpochNanos() >= 5_000_000_000L, span::toString);
    }

    /** A span processor that records its spans, and fails. */
    private static final class Broken implements SpanProcessor {
        private final List<ReadableSpan> ended = new ArrayList<>();

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span);
            throw new IllegalStateException("broken");
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }

    @Test
    void processorsSeeTheGatewaysOwnSpansAndCostNone() {
        Broken processor = new Broken();
        QueuedSpan span = Spans.of("acme", 1);
        ProcessedSpans.through(List.of(processor), queued::add).offer(span);
        assertEquals(List.of(span), queued);
        ReadableSpan seen = processor.ended.get(0);
        assertEquals(span.getName(), seen.getName());
        assertEquals(span.getSpanContext(), seen.getSpanContext());
        assertEquals(span.getEndEpochNanos() - span.getStartEpochNanos(), seen.getLatencyNanos());
        assertTrue(seen.hasEnded());
    }

    @Test
    void withoutProcessorsNothingStandsBetween() {
        SpanSink sink = queued::add;
        assertEquals(sink, ProcessedSpans.through(List.of(), sink));
    }
}

package dev.clew.export;

import dev.clew.export.queue.AttributeLimits;
import dev.clew.export.queue.FinishedSpan;
import dev.clew.export.queue.SpanAttributes;
import dev.clew.export.queue.SpanIds;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.queue.SpanTemplate;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.Locale;

/** Makes spans to export. */
public final class Spans {

    public static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    public static final String PARENT_ID = "b7ad6b7169203331";
    public static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    public static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    public static final SpanOrigin ORIGIN = new SpanOrigin(
            Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "clew")),
            InstrumentationScopeInfo.create("dev.clew"),
            AttributeLimits.DEFAULT);
    public static final SpanAttributes SHARED = SpanAttributes.shared(Attributes.of(ROUTE, "/orders/{id}"));

    private Spans() {}

    /** Returns the n-th span of a tenant: its span ID is n. */
    public static FinishedSpan of(String tenant, int n) {
        return of(tenant, n, SHARED.with(STATUS, 200L));
    }

    public static FinishedSpan of(String tenant, int n, SpanAttributes attributes) {
        SpanTemplate template = new SpanTemplate("GET /orders/{id}", SpanKind.SERVER, tenant, ORIGIN);
        String spanId = String.format(Locale.ROOT, "%016x", n);
        return new FinishedSpan(
                template,
                new SpanIds(TRACE_ID, spanId, PARENT_ID, true, (byte) 3, "vendor=  a,other@=b"),
                1_700_000_000_000_000_000L + n,
                1_700_000_000_005_000_000L + n,
                StatusData.unset(),
                attributes);
    }
}

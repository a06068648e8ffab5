package dev.clew.proxy;

import static dev.clew.exchange.PropagationHeaders.name;

import dev.clew.exchange.Exchange;
import dev.clew.exchange.PropagationHeaders;
import dev.clew.exchange.RoutedRequest;
import dev.clew.tenant.TenantEntry;
import dev.clew.trace.context.B3;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.OutboundFormat;
import dev.clew.trace.context.PropagationHeader;
import dev.clew.trace.context.Propagator;
import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.StartedTrace;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Injects the trace context once, in the upstream's configured format. The client's own fields must have been removed.
 */
final class OutboundTrace {

    private static final CharSequence TRACEPARENT = name(PropagationHeader.TRACEPARENT);
    private static final CharSequence TRACESTATE = name(PropagationHeader.TRACESTATE);
    private static final CharSequence BAGGAGE = name(PropagationHeader.BAGGAGE);
    private static final CharSequence B3_SINGLE = name(PropagationHeader.B3);
    private static final CharSequence B3_TRACE_ID = name(PropagationHeader.B3_TRACE_ID);
    private static final CharSequence B3_SPAN_ID = name(PropagationHeader.B3_SPAN_ID);
    private static final CharSequence B3_SAMPLED = name(PropagationHeader.B3_SAMPLED);
    private static final CharSequence B3_FLAGS = name(PropagationHeader.B3_FLAGS);
    private static final CharSequence YES = HttpHeaders.createOptimized("1");
    private static final CharSequence NO = HttpHeaders.createOptimized("0");

    private final Map<OutboundFormat, List<Propagator>> propagators = new EnumMap<>(OutboundFormat.class);

    OutboundTrace(Propagators configured) {
        for (OutboundFormat format : OutboundFormat.values()) {
            propagators.put(format, configured.toUpstream(format));
        }
    }

    /**
     * @param format the upstream's configured format
     * @param spanId the attempt's span ID, the parent of the upstream's spans
     */
    void inject(RoutedRequest request, OutboundFormat format, String spanId, MultiMap to) {
        List<Propagator> chosen = Objects.requireNonNull(propagators.get(format));
        for (int i = 0; i < chosen.size(); i++) {
            if (chosen.get(i) == Propagator.BAGGAGE) {
                to.set(BAGGAGE, baggage(request));
            } else {
                inject(request.exchange().trace(), chosen.get(i), spanId, to);
            }
        }
    }

    /** Returns the outbound baggage; a client's baggage is dropped if its trace is not continued. */
    private static String baggage(RoutedRequest request) {
        Exchange exchange = request.exchange();
        TenantEntry tenant = request.tenant();
        boolean passes = tenant.baggage().passesCallers() && exchange.trace().trust() != InboundTrust.RESTART;
        List<String> lines = passes
                ? PropagationHeaders.LINES.of(exchange.request().headers(), PropagationHeader.BAGGAGE)
                : List.of();
        return tenant.baggage().outbound(lines);
    }

    static void inject(StartedTrace trace, Propagator format, String spanId, MultiMap to) {
        switch (format) {
            case TRACECONTEXT -> {
                to.set(TRACEPARENT, trace.traceParent(spanId));
                if (!trace.traceState().isEmpty()) {
                    to.set(TRACESTATE, trace.traceState());
                }
            }
            case B3 -> to.set(B3_SINGLE, B3.format(trace, spanId));
            case B3MULTI -> {
                to.set(B3_TRACE_ID, trace.traceId());
                to.set(B3_SPAN_ID, spanId);
                if (trace.debug()) {
                    // Debug implies sampled, which must then be omitted (B3, "Debug Flag").
                    to.set(B3_FLAGS, YES);
                } else {
                    to.set(B3_SAMPLED, trace.sampled() ? YES : NO);
                }
            }
            case BAGGAGE -> throw new IllegalArgumentException("format: baggage (expected: one of a trace)");
        }
    }
}

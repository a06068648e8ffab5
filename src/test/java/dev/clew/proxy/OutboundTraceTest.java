package dev.clew.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.exchange.PropagationHeaders;
import dev.clew.header.FieldRule;
import dev.clew.header.HeaderRegistry;
import dev.clew.trace.context.Inbound;
import dev.clew.trace.context.InboundTrace;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.PropagationHeader;
import dev.clew.trace.context.Propagator;
import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.RandomIds;
import dev.clew.trace.context.Sampler;
import dev.clew.trace.context.StartedTrace;
import dev.clew.trace.context.TraceContext;
import dev.clew.trace.context.TrustDecision;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The propagation headers of upstream requests. */
class OutboundTraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private static final List<PropagationHeader> HEADERS = List.of(PropagationHeader.values());

    private static final Map<String, String> GRAMMAR = Map.of(
            "traceparent", "00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[0-3]",
            "tracestate", "[a-z0-9@_*/-]+=[ -~]*[!-~]",
            "b3", "(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[01d]",
            "x-b3-traceid", "(?!0{32})[0-9a-f]{32}",
            "x-b3-spanid", "(?!0{16})[0-9a-f]{16}",
            "x-b3-sampled", "[01]",
            "x-b3-flags", "1");

    @Test
    void sendsTraceContextWithTracestateIfThereIsOne() {
        assertEquals(
                Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-03", "tracestate", "a=1"),
                sent(Propagator.TRACECONTEXT, trace(3, "a=1", false)));
        assertEquals(
                Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-00"),
                sent(Propagator.TRACECONTEXT, trace(0, "", false)));
    }

    @Test
    void sendsB3InOneHeader() {
        assertEquals(Map.of("b3", TRACE + "-" + SPAN + "-1"), sent(Propagator.B3, trace(3, "a=1", false)));
        assertEquals(Map.of("b3", TRACE + "-" + SPAN + "-0"), sent(Propagator.B3, trace(2, "", false)));
        assertEquals(Map.of("b3", TRACE + "-" + SPAN + "-d"), sent(Propagator.B3, trace(1, "", true)));
    }

    @Test
    void sendsB3InSeveralHeadersWithoutTheParentsId() {
        assertEquals(
                Map.of("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", "1"),
                sent(Propagator.B3MULTI, trace(1, "", false)));
        assertEquals(
                Map.of("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", "0"),
                sent(Propagator.B3MULTI, trace(2, "", false)));
        assertEquals(
                Map.of("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-flags", "1"),
                sent(Propagator.B3MULTI, trace(1, "", true)));
    }

    /** A request's trace context on its way through the gateway, with arbitrary client headers. */
    @Test
    void sendsEachHeaderOnceAndOnlyWhatTheGrammarAllowsWhateverWasReceived() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomIds ids = new RandomIds();
        int continued = 0;
        for (int i = 0; i < 20_000; i++) {
            MultiMap from = received(random);
            Propagators propagators = propagators(random);
            Inbound inbound = InboundTrace.read(from, PropagationHeaders.LINES, propagators);
            continued += inbound instanceof Inbound.Valid ? 1 : 0;
            InboundTrust trust = List.of(InboundTrust.values()).get(random.nextInt(3));
            StartedTrace trace = TrustDecision.start(trust, inbound, Sampler.DEFAULT, ids, 0);
            MultiMap to = HttpHeaders.headers();
            from.forEach(field -> {
                if (!HeaderRegistry.of(field.getKey()).is(FieldRule.TRACE_CONTEXT)) {
                    to.add(field.getKey(), field.getValue());
                }
            });
            for (Propagator format : propagators.inOrder()) {
                if (format != Propagator.BAGGAGE) {
                    OutboundTrace.inject(trace, format, ids.spanId(), to);
                }
            }
            lines(to)
                    .forEach((name, value) -> assertTrue(
                            value.matches(GRAMMAR.get(name)), () -> "seed " + seed + ": " + from + " gave " + to));
        }
        assertTrue(continued > 1_000, "too few contexts were valid: the property was not exercised");
    }

    private static MultiMap received(Random random) {
        MultiMap headers = HttpHeaders.headers();
        for (int line = random.nextInt(5); line > 0; line--) {
            PropagationHeader header = HEADERS.get(random.nextInt(HEADERS.size()));
            String name = random.nextBoolean()
                    ? header.fieldName()
                    : header.fieldName().toUpperCase(Locale.ROOT);
            headers.add(name, value(header, random));
        }
        return headers;
    }

    private static String value(PropagationHeader header, Random random) {
        String value =
                switch (header) {
                    case TRACEPARENT -> "00-" + TRACE + "-" + SPAN + "-0" + random.nextInt(8);
                    case TRACESTATE -> "a=" + random.nextInt();
                    case BAGGAGE -> "user=1";
                    case B3 -> random.nextInt(4) == 0 ? "d" : TRACE + "-" + SPAN;
                    case B3_TRACE_ID -> TRACE;
                    case B3_SPAN_ID -> SPAN;
                    case B3_SAMPLED, B3_FLAGS -> "1";
                };
        if (random.nextInt(4) > 0) {
            return value;
        }
        int at = random.nextInt(value.length());
        return value.substring(0, at) + (char) (' ' + random.nextInt(0x5f)) + value.substring(at + random.nextInt(2));
    }

    private static Propagators propagators(Random random) {
        return Propagators.fromEnvironment(
                        List.of("tracecontext", "b3", "b3multi,tracecontext", "tracecontext,b3,b3multi", "none")
                                .get(random.nextInt(5)))
                .propagators();
    }

    private static StartedTrace trace(int flags, String traceState, boolean debug) {
        return new StartedTrace(
                new TraceContext(TRACE, "", (byte) flags, traceState), SPAN, null, debug, InboundTrust.PRESERVE);
    }

    private static Map<String, String> sent(Propagator format, StartedTrace trace) {
        MultiMap to = HttpHeaders.headers();
        OutboundTrace.inject(trace, format, SPAN, to);
        return lines(to);
    }

    /** Returns all fields by name; a duplicate name fails. */
    private static Map<String, String> lines(MultiMap headers) {
        Map<String, String> lines = new TreeMap<>();
        for (Map.Entry<String, String> field : headers) {
            assertEquals(null, lines.put(field.getKey(), field.getValue()), field.getKey() + " twice");
        }
        return lines;
    }
}

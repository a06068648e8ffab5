package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrustDecisionTest {
    private static final String CALLERS = "12345678901234567890123456789012";
    private static final String PARENT = "1234567890123456";
    private static final String NEW_TRACE = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String NEW_SPAN = "bbbbbbbbbbbbbbbb";

    private static final IdSource FIXED = new IdSource() {
        @Override
        public String traceId() {
            return NEW_TRACE;
        }

        @Override
        public String spanId() {
            return NEW_SPAN;
        }
    };

    /** The columns: policy, received flags, sampler; origin of the trace ID, and outgoing flags. */
    @ParameterizedTest
    @CsvSource({
        "PRESERVE,    00, parentbased_always_on,    caller, 00",
        "PRESERVE,    01, parentbased_always_on,    caller, 01",
        "PRESERVE,    02, parentbased_always_on,    caller, 02",
        "PRESERVE,    03, parentbased_always_on,    caller, 03",
        "PRESERVE,    00, parentbased_always_off,   caller, 00",
        "PRESERVE,    03, parentbased_always_off,   caller, 03",
        "PRESERVE,    01, parentbased_traceidratio, caller, 01",
        "PRESERVE,    02, parentbased_traceidratio, caller, 02",
        "PRESERVE,    00, always_on,                caller, 01",
        "PRESERVE,    03, always_off,               caller, 02",
        "PRESERVE,    01, traceidratio,             caller, 00",
        "PRESERVE_ID, 00, parentbased_always_on,    caller, 01",
        "PRESERVE_ID, 01, parentbased_always_on,    caller, 01",
        "PRESERVE_ID, 02, parentbased_always_on,    caller, 03",
        "PRESERVE_ID, 00, parentbased_always_off,   caller, 00",
        "PRESERVE_ID, 01, parentbased_always_off,   caller, 00",
        "PRESERVE_ID, 03, parentbased_always_off,   caller, 02",
        "PRESERVE_ID, 03, parentbased_traceidratio, caller, 02",
        "PRESERVE_ID, 00, always_on,                caller, 01",
        "PRESERVE_ID, 03, always_off,               caller, 02",
        "PRESERVE_ID, 01, traceidratio,             caller, 00",
        "RESTART,     00, parentbased_always_on,    new,    03",
        "RESTART,     01, parentbased_always_on,    new,    03",
        "RESTART,     01, parentbased_always_off,   new,    02",
        "RESTART,     03, parentbased_traceidratio, new,    02",
        "RESTART,     00, always_on,                new,    03",
        "RESTART,     03, always_off,               new,    02",
        "RESTART,     03, traceidratio,             new,    02",
    })
    void followsThePolicy(InboundTrust trust, String flags, String sampler, String whose, String sent) {
        TraceContext caller = new TraceContext(CALLERS, PARENT, (byte) Integer.parseInt(flags), "foo=1");
        StartedTrace trace = TrustDecision.start(trust, new Inbound.Valid(caller), sampler(sampler), FIXED, 0);

        boolean carriedOn = whose.equals("caller");
        assertEquals(carriedOn ? CALLERS : NEW_TRACE, trace.traceId());
        assertEquals(carriedOn ? PARENT : "", trace.parentSpanId());
        assertEquals(carriedOn ? "foo=1" : "", trace.traceState());
        assertEquals(carriedOn ? null : caller, trace.link());
        assertEquals(NEW_SPAN, trace.spanId());
        assertEquals(Integer.parseInt(sent), trace.flags());
        assertEquals((trace.flags() & 1) == 1, trace.sampled());
        assertEquals("00-" + trace.traceId() + "-cccccccccccccccc-" + sent, trace.traceParent("c".repeat(16)));
    }

    @ParameterizedTest
    @EnumSource(InboundTrust.class)
    void beginsANewRandomTraceWithoutUsableContext(InboundTrust trust) {
        for (Inbound inbound : new Inbound[] {new Inbound.Absent(), new Inbound.Invalid(Inbound.Reason.SEVERAL)}) {
            StartedTrace on = TrustDecision.start(trust, inbound, sampler("parentbased_always_on"), FIXED, 0);
            assertEquals(new TraceContext(NEW_TRACE, "", (byte) 3, ""), on.context());
            assertNull(on.link());
            StartedTrace off = TrustDecision.start(trust, inbound, sampler("always_off"), FIXED, 0);
            assertEquals(new TraceContext(NEW_TRACE, "", (byte) 2, ""), off.context());
        }
    }

    /** The decision of a B3 caller, trusted and untrusted. */
    @ParameterizedTest
    @CsvSource({
        "PRESERVE,    DEFERRED,    parentbased_always_on,  true,  false",
        "PRESERVE,    DEFERRED,    parentbased_always_off, false, false",
        "PRESERVE,    DEBUG,       always_off,             true,  true",
        "PRESERVE_ID, DEBUG,       parentbased_always_off, false, false",
        "PRESERVE_ID, NOT_SAMPLED, parentbased_always_on,  true,  false",
        "RESTART,     DEBUG,       parentbased_always_off, false, false",
    })
    void followsWhatB3Says(
            InboundTrust trust, CallerDecision decision, String sampler, boolean sampled, boolean debug) {
        TraceContext caller = new TraceContext(CALLERS, PARENT, (byte) 0, "");
        for (Inbound inbound : List.of(new Inbound.Valid(caller, decision), new Inbound.DecisionOnly(decision))) {
            StartedTrace trace = TrustDecision.start(trust, inbound, sampler(sampler), FIXED, 0);

            boolean carriedOn = inbound instanceof Inbound.Valid && trust != InboundTrust.RESTART;
            assertEquals(carriedOn ? CALLERS : NEW_TRACE, trace.traceId());
            assertEquals(sampled, trace.sampled());
            assertEquals(debug, trace.debug());
        }
    }

    /** The basis of forced tracing. */
    @ParameterizedTest
    @EnumSource(InboundTrust.class)
    void aSamplerThatRecordsAllIsOverruledByNoCaller(InboundTrust trust) {
        TraceContext caller = new TraceContext(CALLERS, PARENT, (byte) 0, "");
        for (CallerDecision decision : CallerDecision.values()) {
            for (Inbound inbound : List.of(new Inbound.Valid(caller, decision), new Inbound.DecisionOnly(decision))) {
                assertEquals(
                        1,
                        TrustDecision.start(trust, inbound, sampler("always_on"), FIXED, 0)
                                        .flags()
                                & 1);
            }
        }
    }

    /** Ratios of 0, so that the sampler's decision differs from the flag. */
    private static Sampler sampler(String name) {
        return Sampler.fromEnvironment(name, "0").sampler();
    }
}

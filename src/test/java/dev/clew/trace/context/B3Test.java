package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.trace.context.Inbound.Reason;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases from openzipkin/b3-propagation and the «B3 Requirements» of OpenTelemetry's Propagators API. */
class B3Test {
    private static final String TRACE = "80f198ee56343ba864fe8b2a57d3eff7";
    private static final String SHORT = "64fe8b2a57d3eff7";
    private static final String SPAN = "e457b5a2e4d86bd1";
    private static final String PARENT = "05e3ac9a4f6e3b90";

    @ParameterizedTest
    @CsvSource({"-1, SAMPLED", "-0, NOT_SAMPLED", "-d, DEBUG", "'', DEFERRED"})
    void readsTheSingleHeaderWithAndWithoutTheParentsId(String state, CallerDecision decision) {
        assertEquals(valid(TRACE, decision), B3.single(TRACE + "-" + SPAN + state));
        assertEquals(valid(TRACE, decision), B3.single(TRACE + "-" + SPAN + state + "-" + PARENT));
    }

    @ParameterizedTest
    @CsvSource({"1, SAMPLED", "0, NOT_SAMPLED", "d, DEBUG"})
    void readsADecisionWithoutIds(String value, CallerDecision decision) {
        assertEquals(new Inbound.DecisionOnly(decision), B3.single(value));
        assertEquals(new Inbound.DecisionOnly(decision), B3.single(" " + value + "\t"));
    }

    @Test
    void padsATraceIdOf64BitsFromTheLeft() {
        Inbound expected = valid("0000000000000000" + SHORT, CallerDecision.SAMPLED);

        assertEquals(expected, B3.single(SHORT + "-" + SPAN + "-1"));
        assertEquals(expected, several("x-b3-traceid", SHORT, "x-b3-spanid", SPAN, "x-b3-sampled", "1"));
    }

    @Test
    void knowsNothingOfRandomnessAndHasNoTracestate() {
        Inbound.Valid inbound = assertInstanceOf(Inbound.Valid.class, B3.single(TRACE + "-" + SPAN + "-d"));

        assertEquals(new TraceContext(TRACE, SPAN, TraceContext.SAMPLED, ""), inbound.context());
    }

    @ParameterizedTest
    @CsvSource({
        "'', TRACE_ID",
        "x, FLAGS",
        "2, FLAGS",
        "D, FLAGS",
        "-, FLAGS",
        "%t, TRACE_ID",
        "-%s-1, TRACE_ID",
        "%t-, PARENT_ID",
        "%t-%s-, FLAGS",
        "%t-%s-2, FLAGS",
        "%t-%s-D, FLAGS",
        "%t-%s-11, FLAGS",
        "%t-%s-true, FLAGS",
        "%t-%s-1-, FLAGS",
        "%t-%s-1-%p-, FLAGS",
        "%t-%s-1-%p0, FLAGS",
        "%t-%s-1-05E3AC9A4F6E3B90, FLAGS",
        "%t-%s--%p, FLAGS",
        "%t-%s1, FLAGS",
        "%t-%s0-1, FLAGS",
        "%t-457b5a2e4d86bd1-1, PARENT_ID",
        "%t-E457B5A2E4D86BD1-1, PARENT_ID",
        "%t-0000000000000000-1, PARENT_ID",
        "00000000000000000000000000000000-%s-1, TRACE_ID",
        "0000000000000000-%s-1, TRACE_ID",
        "80F198EE56343BA864FE8B2A57D3EFF7-%s-1, TRACE_ID",
        "80f198ee56343ba864fe8b2a57d3eff-%s-1, TRACE_ID",
        "80f198ee56343ba864fe8b2a57d3eff70-%s-1, TRACE_ID",
        "4fe8b2a57d3eff7-%s-1, TRACE_ID",
        "'%t-%s-1,%t-%s-1', FLAGS",
        "%t -%s-1, TRACE_ID",
    })
    void believesNoMalformedSingleHeader(String value, Reason reason) {
        String line = value.replace("%t", TRACE).replace("%s", SPAN).replace("%p", PARENT);
        assertEquals(new Inbound.Invalid(reason), B3.single(line));
    }

    @ParameterizedTest
    @CsvSource({
        "1, SAMPLED",
        "0, NOT_SAMPLED",
        "true, SAMPLED",
        "false, NOT_SAMPLED",
        "True, SAMPLED",
        "FALSE, NOT_SAMPLED"
    })
    void readsSeveralHeadersAndTheWordsOfOldTracers(String sampled, CallerDecision decision) {
        assertEquals(
                valid(TRACE, decision),
                several("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", sampled, "x-b3-parentspanid", "x"));
        assertEquals(new Inbound.DecisionOnly(decision), several("x-b3-sampled", sampled));
    }

    @Test
    void leavesTheDecisionOpenWithoutASamplingState() {
        assertEquals(valid(TRACE, CallerDecision.DEFERRED), several("x-b3-traceid", TRACE, "x-b3-spanid", SPAN));
        assertEquals(
                valid(TRACE, CallerDecision.DEFERRED),
                several("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-flags", "0"));
        assertEquals(Inbound.Absent.INSTANCE, several("x-b3-flags", "2"));
    }

    @Test
    void debugSaysMoreThanSampled() {
        assertEquals(
                valid(TRACE, CallerDecision.DEBUG),
                several("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", "0", "x-b3-flags", "1"));
        assertEquals(new Inbound.DecisionOnly(CallerDecision.DEBUG), several("x-b3-flags", "1"));
    }

    @Test
    void believesNoMalformedSeveralHeaders() {
        assertEquals(new Inbound.Invalid(Reason.TRACE_ID), several("x-b3-spanid", SPAN));
        assertEquals(new Inbound.Invalid(Reason.PARENT_ID), several("x-b3-traceid", TRACE));
        assertEquals(new Inbound.Invalid(Reason.FLAGS), several("x-b3-sampled", "yes"));
        assertEquals(
                new Inbound.Invalid(Reason.FLAGS),
                several("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", "d"));
        for (String traceId : new String[] {"", "0".repeat(32), TRACE + "0", TRACE.replace('a', 'A'), "0".repeat(16)}) {
            assertEquals(new Inbound.Invalid(Reason.TRACE_ID), several("x-b3-traceid", traceId, "x-b3-spanid", SPAN));
        }
        for (String spanId : new String[] {"", "0".repeat(16), SPAN + "0", SPAN.replace('e', 'E'), TRACE}) {
            assertEquals(new Inbound.Invalid(Reason.PARENT_ID), several("x-b3-traceid", TRACE, "x-b3-spanid", spanId));
        }
    }

    @Test
    void believesNoDoubledIds() {
        String single = TRACE + "-" + SPAN + "-1";
        assertEquals(new Inbound.Invalid(Reason.SEVERAL), several("b3", single, "b3", single));
        assertEquals(
                new Inbound.Invalid(Reason.SEVERAL),
                several("x-b3-traceid", TRACE, "x-b3-traceid", TRACE, "x-b3-spanid", SPAN));
        assertEquals(
                new Inbound.Invalid(Reason.SEVERAL),
                several("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-spanid", SPAN));
    }

    @Test
    void takesTheFirstOfSeveralStates() {
        assertEquals(
                valid(TRACE, CallerDecision.NOT_SAMPLED),
                several("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", "0", "x-b3-sampled", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b3", "b3multi", "B3,b3multi"})
    void readsTheSingleHeaderFirstAndThenTheOthersWhicheverIsConfigured(String propagators) {
        String other = "463ac35c9f6413ad48485a3953bb6124";
        Inbound both = Lines.of("x-b3-traceid", other, "x-b3-spanid", SPAN, "b3", TRACE + "-" + SPAN)
                .read(propagators);
        Inbound singleBroken = Lines.of("b3", TRACE + "-x", "x-b3-traceid", other, "x-b3-spanid", SPAN)
                .read(propagators);
        Inbound decisionOnly =
                Lines.of("b3", "0", "x-b3-traceid", other, "x-b3-spanid", SPAN).read(propagators);
        Inbound onlyBroken = Lines.of("b3", TRACE + "-x").read(propagators);

        assertEquals(valid(TRACE, CallerDecision.DEFERRED), both);
        assertEquals(valid(other, CallerDecision.DEFERRED), singleBroken);
        assertEquals(new Inbound.DecisionOnly(CallerDecision.NOT_SAMPLED), decisionOnly);
        assertEquals(new Inbound.Invalid(Reason.PARENT_ID), onlyBroken);
    }

    @Test
    void writesWhatItReads() {
        TraceContext sampled = new TraceContext(TRACE, PARENT, TraceContext.SAMPLED, "");
        TraceContext unsampled = new TraceContext(TRACE, PARENT, TraceContext.RANDOM, "");

        assertEquals(
                TRACE + "-" + SPAN + "-1",
                B3.format(new StartedTrace(sampled, PARENT, null, false, InboundTrust.PRESERVE), SPAN));
        assertEquals(
                TRACE + "-" + SPAN + "-0",
                B3.format(new StartedTrace(unsampled, PARENT, null, false, InboundTrust.PRESERVE), SPAN));
        assertEquals(
                TRACE + "-" + SPAN + "-d",
                B3.format(new StartedTrace(sampled, PARENT, null, true, InboundTrust.PRESERVE), SPAN));
    }

    @Test
    void neverThrowsAndNeverBelievesMoreThanTheGrammarAllows() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            String whole = (random.nextBoolean() ? TRACE : SHORT) + "-" + SPAN + "-1-" + PARENT;
            StringBuilder text = new StringBuilder(whole.substring(0, random.nextInt(whole.length() + 1)));
            for (int changes = random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
                text.setCharAt(random.nextInt(text.length()), "0123456789abcdfAF-- ,\u00e9".charAt(random.nextInt(20)));
            }
            Inbound inbound = B3.single(text.toString());
            if (inbound instanceof Inbound.Valid found) {
                accepted++;
                String traceId = found.context().traceId();
                String grammar = "([0-9a-f]{16}){1,2}-[0-9a-f]{16}(-[01d])?(-[0-9a-f]{16})?";
                assertTrue(text.toString().strip().matches(grammar), () -> "seed " + seed + ": " + text);
                assertTrue(traceId.matches("(?!0{32})[0-9a-f]{32}"), () -> "seed " + seed + ": " + text);
                assertTrue(traceId.endsWith(text.toString().strip().split("-", -1)[0]), () -> "seed " + seed);
            }
        }
        assertTrue(accepted > 1_000, "too few were valid: the property was not exercised");
    }

    private static Inbound several(String... namesAndValues) {
        return Lines.of(namesAndValues).read("b3multi");
    }

    private static Inbound valid(String traceId, CallerDecision decision) {
        boolean sampled = decision == CallerDecision.SAMPLED || decision == CallerDecision.DEBUG;
        byte flags = sampled ? TraceContext.SAMPLED : 0;
        return new Inbound.Valid(new TraceContext(traceId, SPAN, flags, ""), decision);
    }
}

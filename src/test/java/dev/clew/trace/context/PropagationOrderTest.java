package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.clew.trace.context.Inbound.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests with context in several formats, read as OpenTelemetry's composite propagator would. */
class PropagationOrderTest {
    private static final String W3C_TRACE = "11111111111111111111111111111111";
    private static final String B3_TRACE = "22222222222222222222222222222222";
    private static final String SPAN = "3333333333333333";
    private static final String TRACEPARENT = "00-" + W3C_TRACE + "-" + SPAN + "-03";
    private static final String SINGLE = B3_TRACE + "-" + SPAN + "-0";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tracecontext,baggage    | " + W3C_TRACE,
                "tracecontext,b3         | " + B3_TRACE,
                "b3,tracecontext         | " + W3C_TRACE,
                "b3multi,tracecontext    | " + W3C_TRACE,
                "tracecontext,b3multi    | " + B3_TRACE,
                "b3,tracecontext,b3multi | " + B3_TRACE,
                "b3                      | " + B3_TRACE,
            })
    void aLaterValidContextTakesThePlaceOfAnEarlierOne(String propagators, String traceId) {
        Inbound inbound = Lines.of("traceparent", TRACEPARENT, "tracestate", "a=1", "b3", SINGLE)
                .read(propagators);

        TraceContext context = assertInstanceOf(Inbound.Valid.class, inbound).context();
        assertEquals(traceId, context.traceId());
        assertEquals(traceId.equals(W3C_TRACE) ? "a=1" : "", context.traceState());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"tracecontext,b3", "b3,tracecontext"})
    void anInvalidContextNeverTakesThePlaceOfAValidOne(String propagators) {
        Inbound w3c = Lines.of("traceparent", TRACEPARENT, "b3", SINGLE + "x").read(propagators);
        Inbound b3 = Lines.of("traceparent", TRACEPARENT + "x", "b3", SINGLE).read(propagators);

        assertEquals(
                W3C_TRACE, assertInstanceOf(Inbound.Valid.class, w3c).context().traceId());
        assertEquals(
                B3_TRACE, assertInstanceOf(Inbound.Valid.class, b3).context().traceId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"tracecontext,b3", "b3,tracecontext"})
    void aDecisionAloneCountsWhereThereIsNoValidContext(String propagators) {
        Inbound beside = Lines.of("traceparent", TRACEPARENT, "b3", "0").read(propagators);
        Inbound instead = Lines.of("traceparent", TRACEPARENT + "x", "b3", "0").read(propagators);

        assertEquals(TraceParent.parse(TRACEPARENT), beside);
        assertEquals(new Inbound.DecisionOnly(CallerDecision.NOT_SAMPLED), instead);
    }

    @Test
    void saysThatAContextWasInvalidThoughOtherFormatsAreMissing() {
        assertEquals(
                new Inbound.Invalid(Reason.TOO_SHORT),
                Lines.of("traceparent", "00").read("b3,tracecontext,b3multi"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"none", "baggage"})
    void readsNoFormatThatIsNotConfigured(String propagators) {
        Lines all = Lines.of("traceparent", TRACEPARENT, "b3", SINGLE, "x-b3-sampled", "1", "baggage", "a=1");

        assertEquals(Inbound.Absent.INSTANCE, all.read(propagators));
        assertEquals(
                Inbound.Absent.INSTANCE,
                Lines.of("b3", SINGLE, "x-b3-sampled", "1").read("tracecontext"));
        assertEquals(
                Inbound.Absent.INSTANCE, Lines.of("traceparent", TRACEPARENT).read("b3"));
    }

    @Test
    void looksForTracestateOnlyBesideATraceparent() {
        HeaderLines<String> lines = (headers, name) -> {
            if (name == PropagationHeader.TRACESTATE) {
                throw new AssertionError("tracestate was read");
            }
            return List.of();
        };

        assertEquals(Inbound.Absent.INSTANCE, InboundTrace.read("", lines, Propagators.DEFAULT));
    }
}

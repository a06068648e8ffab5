package dev.clew.trace.context;

import static dev.clew.trace.context.Propagator.B3;
import static dev.clew.trace.context.Propagator.B3MULTI;
import static dev.clew.trace.context.Propagator.BAGGAGE;
import static dev.clew.trace.context.Propagator.TRACECONTEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OTEL_PROPAGATORS, by OpenTelemetry's environment variable specification. */
class PropagatorsTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", ",", " , ,"})
    void readsAndSendsTraceContextAndBaggageWhenNothingIsSet(String list) {
        assertEquals(new Propagators.Choice(Propagators.DEFAULT, null), Propagators.fromEnvironment(list));
        assertEquals(List.of(TRACECONTEXT, BAGGAGE), Propagators.DEFAULT.inOrder());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tracecontext                     | tracecontext",
                "baggage                          | baggage",
                "b3                               | b3",
                "b3multi,tracecontext             | b3multi,tracecontext",
                "b3,baggage,b3multi,tracecontext  | b3,baggage,b3multi,tracecontext",
                "B3, TraceContext ,BAGGAGE        | b3,tracecontext,baggage",
                "b3,tracecontext,b3,,tracecontext | b3,tracecontext",
                "none                             | ''",
                "None,none                        | ''",
            })
    void takesEachOnceInTheOrderWritten(String list, String expected) {
        Propagators.Choice choice = Propagators.fromEnvironment(list);

        assertNull(choice.problem());
        assertEquals(expected, words(choice.propagators()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jaeger                  | tracecontext,baggage",
                "tracecontext,jaeger     | tracecontext",
                "xray,b3,ottrace,baggage | b3,baggage",
                "trace-context           | tracecontext,baggage",
                "b3;tracecontext         | tracecontext,baggage",
            })
    void reportsWhatItDoesNotKnowAndKeepsTheRest(String list, String expected) {
        Propagators.Choice choice = Propagators.fromEnvironment(list);

        assertEquals(
                "OTEL_PROPAGATORS: a propagator that is not supported (expected: tracecontext, baggage, b3, b3multi or"
                        + " none); " + expected + " is used",
                choice.problem());
        assertEquals(expected, words(choice.propagators()));
    }

    @Test
    void reportsNoneBesideOthersAndLeavesItOut() {
        Propagators.Choice choice = Propagators.fromEnvironment("none,b3");

        assertEquals("OTEL_PROPAGATORS: none among others (expected: none alone); b3 is used", choice.problem());
        assertEquals("b3", words(choice.propagators()));
    }

    @Test
    void staysWithNoneBesideWhatItDoesNotKnow() {
        Propagators.Choice choice = Propagators.fromEnvironment("none,jaeger");

        assertNotNull(choice.problem());
        assertEquals("", words(choice.propagators()));
    }

    @Test
    void sendsAnUpstreamItsFormatAndBaggageWhereThereIsAny() {
        Propagators both = new Propagators(List.of(B3MULTI, BAGGAGE, TRACECONTEXT));
        assertEquals(List.of(B3MULTI, BAGGAGE, TRACECONTEXT), both.toUpstream(OutboundFormat.GATEWAY_DEFAULT));
        assertEquals(List.of(TRACECONTEXT, BAGGAGE), both.toUpstream(OutboundFormat.W3C));
        assertEquals(List.of(B3, BAGGAGE), both.toUpstream(OutboundFormat.B3));
        assertEquals(List.of(B3MULTI, BAGGAGE), both.toUpstream(OutboundFormat.B3MULTI));
        assertEquals(List.of(), both.toUpstream(OutboundFormat.NONE));

        Propagators withoutBaggage = new Propagators(List.of(TRACECONTEXT));
        assertEquals(List.of(B3), withoutBaggage.toUpstream(OutboundFormat.B3));
    }

    @Test
    void rejectsAFormatTwice() {
        assertThrows(IllegalArgumentException.class, () -> new Propagators(List.of(B3, B3)));
    }

    private static String words(Propagators propagators) {
        return propagators.inOrder().stream().map(Propagator::token).collect(Collectors.joining(","));
    }
}

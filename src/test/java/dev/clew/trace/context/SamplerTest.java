package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.rate.TokenBucket;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    private static final String HIGH = "0000000000000000";

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-18, 0.001, 0.1, 0.25, 1.0 / 3, 0.5, 0.999, 1})
    void keepsTheSameTracesAsOpenTelemetry(double ratio) {
        var theirs = io.opentelemetry.sdk.trace.samplers.Sampler.traceIdRatioBased(ratio);
        Sampler ours = new Sampler.TraceIdRatio(ratio);
        IdSource ids = new RandomIds(11);
        long bound = (long) (ratio * Long.MAX_VALUE);
        for (long edge : new long[] {0, 1, bound - 1, bound, bound + 1, -bound, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertSame(theirs, ours, HIGH + Hex.of(edge));
        }
        for (int i = 0; i < 2_000; i++) {
            assertSame(theirs, ours, ids.traceId());
        }
    }

    private static void assertSame(io.opentelemetry.sdk.trace.samplers.Sampler theirs, Sampler ours, String traceId) {
        SamplingDecision decision = theirs.shouldSample(
                        Context.root(), traceId, "GET", SpanKind.SERVER, Attributes.empty(), List.of())
                .getDecision();
        assertEquals(decision == SamplingDecision.RECORD_AND_SAMPLE, ours.sample(traceId, null, 0), traceId);
    }

    @Test
    void keepsAboutTheShareThatWasAskedFor() {
        Sampler quarter = new Sampler.TraceIdRatio(0.25);
        IdSource ids = new RandomIds();
        int kept = 0;
        for (int i = 0; i < 100_000; i++) {
            kept += quarter.sample(ids.traceId(), null, 0) ? 1 : 0;
        }
        // Six standard deviations: one failure in about 5 * 10^8 runs.
        assertTrue(Math.abs(kept - 25_000) < 825, () -> "kept a share far from 25,000 of 100,000");
    }

    @Test
    void keepsWithALowerRatioAPartOfWhatAHigherOneKeeps() {
        Sampler low = new Sampler.TraceIdRatio(0.1);
        Sampler high = new Sampler.TraceIdRatio(0.2);
        IdSource ids = new RandomIds(5);
        int kept = 0;
        for (int i = 0; i < 10_000; i++) {
            String traceId = ids.traceId();
            if (low.sample(traceId, null, 0)) {
                kept++;
                assertTrue(high.sample(traceId, null, 0), traceId);
            }
        }
        assertTrue(kept > 0, "nothing was kept");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsRatiosOutOfRange(double ratio) {
        assertThrows(IllegalArgumentException.class, () -> new Sampler.TraceIdRatio(ratio));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void followsTheParentWhenNothingIsSet(String name) {
        assertEquals(new Sampler.Choice(Sampler.DEFAULT, null), Sampler.fromEnvironment(name, null));
        assertTrue(Sampler.DEFAULT.sample("1".repeat(32), null, 0));
        assertFalse(Sampler.DEFAULT.sample("1".repeat(32), false, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "always_on, , AlwaysOn[]",
        "ALWAYS_OFF, ignored, AlwaysOff[]",
        "parentbased_always_on, , ParentBased[root=AlwaysOn[]]",
        "parentbased_always_off, , ParentBased[root=AlwaysOff[]]",
        "traceidratio, 0.5, 'TraceIdRatio[ratio=0.5, bound=4611686018427387904]'",
        "traceidratio, , 'TraceIdRatio[ratio=1.0, bound=9223372036854775807]'",
        "parentbased_traceidratio, ' 0 ', 'ParentBased[root=TraceIdRatio[ratio=0.0, bound=-9223372036854775808]]'"
    })
    void readsTheNamesOfTheSpecification(String name, String arg, String expected) {
        Sampler.Choice choice = Sampler.fromEnvironment(name, arg);
        assertEquals(expected, choice.sampler().toString());
        assertNull(choice.problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sometimes", "jaeger_remote", "xray", "\u0000", "always_on,always_off"})
    void takesTheDefaultForAnUnknownSamplerAndNamesTheVariable(String name) {
        Sampler.Choice choice = Sampler.fromEnvironment(name, "0.5");
        assertEquals(Sampler.DEFAULT, choice.sampler());
        assertNotNull(choice.problem());
        assertTrue(choice.problem().startsWith("OTEL_TRACES_SAMPLER: "), choice.problem());
        assertFalse(choice.problem().contains(name), "the value is quoted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "NaN", "1e999", "0,5", "50%"})
    void takesOneForABadRatioAndNamesTheVariable(String arg) {
        Sampler.Choice choice = Sampler.fromEnvironment("traceidratio", arg);
        assertEquals(new Sampler.TraceIdRatio(1), choice.sampler());
        assertNotNull(choice.problem());
        assertTrue(choice.problem().startsWith("OTEL_TRACES_SAMPLER_ARG: "), choice.problem());
    }

    @Test
    void recordsNoMoreThanItsBudgetOfWhatItDecidesItself() {
        Sampler sampler = Sampler.within(new TokenBucket(5, 5), Sampler.DEFAULT);
        String traceId = "1".repeat(32);
        int kept = 0;
        for (int i = 0; i < 100; i++) {
            kept += sampler.sample(traceId, null, 0) ? 1 : 0;
            assertTrue(sampler.sample(traceId, true, 0), "a trusted parent is followed at any budget");
        }
        assertEquals(5, kept);
        assertTrue(sampler.sample(traceId, null, 200_000_000), "one more after a fifth of a second");
        assertFalse(sampler.sample(traceId, null, 200_000_000));
    }
}

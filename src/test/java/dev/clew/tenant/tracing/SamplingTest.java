package dev.clew.tenant.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.trace.context.Sampler;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    private static boolean recordsWhatACallerChose(Sampler sampler, int perSecond) {
        return new Sampling(sampler, perSecond).newSampler().sample(TRACE_ID, true, 0);
    }

    @Test
    void aBudgetOfNothingFollowsACallerOnlyWhereTheSamplerDoes() {
        assertEquals(true, recordsWhatACallerChose(Sampler.DEFAULT, 0));
        assertEquals(false, recordsWhatACallerChose(new Sampler.AlwaysOff(), 0));
        assertEquals(false, recordsWhatACallerChose(new Sampler.AlwaysOn(), 0));
    }
}

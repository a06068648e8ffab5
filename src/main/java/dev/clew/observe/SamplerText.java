package dev.clew.observe;

import dev.clew.trace.context.Sampler;

/** Samplers in OpenTelemetry's words. */
final class SamplerText {

    private SamplerText() {}

    static String of(Sampler sampler) {
        if (sampler instanceof Sampler.ParentBased parentBased) {
            return "parentbased_" + of(parentBased.root());
        }
        if (sampler instanceof Sampler.Budgeted budgeted) {
            return of(budgeted.wanted()) + " within a budget";
        }
        if (sampler instanceof Sampler.TraceIdRatio ratio) {
            return "traceidratio " + ratio.ratio();
        }
        return sampler instanceof Sampler.AlwaysOff ? "always_off" : "always_on";
    }
}

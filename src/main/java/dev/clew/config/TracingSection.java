package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.tracing.Sampling;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** How requests are traced: of one tenant, or as the gateway's default. */
interface TracingSection {

    @Setting(
            value = Kind.INBOUND_TRUST,
            text =
                    "What is believed of the trace context that callers send: ID and sampled flag, the ID only, or nothing.",
            standard = "preserve-id")
    ConfigValue inbound();

    @Setting(
            value = Kind.NETWORK,
            text = "Where callers connect from who are believed as under preserve; nobody when left out.")
    List<Item> trustedCallers();

    @Setting(value = Kind.GROUP, text = "Which traces are exported, decided at a request's start.")
    SamplingSection sampling();

    @Setting(value = Kind.GROUP, text = "Which requests are exported all the same, decided at their end.")
    KeepSection keep();

    @Setting(value = Kind.NAME, text = "The destinations of the spans, by name.", standard = "[default]")
    List<Item> exportTo();

    @Setting(value = Kind.BAGGAGE_KEY, text = "The keys of callers' baggage that are passed on; none when left out.")
    List<Item> baggage();

    @Setting(
            value = Kind.SPAN_PROFILE,
            text = "What spans tell of a request: nothing of its caller, or all that the HTTP conventions recommend.",
            standard = "minimal")
    ConfigValue attributes();

    @Setting(value = Kind.GROUP, text = "Header fields recorded in spans; none when left out.")
    CaptureSection captureHeaders();

    /** Which traces are exported. */
    interface SamplingSection extends Item {

        @Setting(
                value = Kind.RATIO,
                text = "The share of traces that are exported, from 0 to 1; as OTEL_TRACES_SAMPLER says when left out.")
        ConfigValue ratio();

        @Setting(
                value = Kind.COUNT,
                text = "The most traces a second that are chosen so; any number when left out.",
                to = Sampling.MAX_PER_SECOND)
        ConfigValue perSecond();
    }

    /** Which requests are exported that were not chosen at their start. */
    interface KeepSection {

        @Setting(value = Kind.FLAG, text = "Whether those are that failed.", standard = "false")
        ConfigValue errors();

        @Setting(value = Kind.DURATION, text = "Those are that took longer; none when left out.")
        ConfigValue slowerThan();

        @Setting(
                value = Kind.COUNT,
                text = "The most requests a second that are kept so; the spans of further ones are not exported.",
                standard = "100",
                from = 1,
                to = Sampling.MAX_PER_SECOND)
        ConfigValue perSecond();
    }

    /** Header fields recorded in spans. */
    interface CaptureSection {

        @Setting(value = Kind.HEADER, text = "Of the request, but no credentials.")
        List<Item> request();

        @Setting(value = Kind.HEADER, text = "Of the response, but no credentials.")
        List<Item> response();
    }
}

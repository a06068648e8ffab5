package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.Sampling;
import java.util.List;
import java.util.Optional;

/** How requests are traced: of one tenant, or as the gateway's default. */
interface TracingSettings {

    @Setting(
            value = Kind.INBOUND_TRUST,
            text =
                    "What is believed of the trace context that callers send: ID and sampled flag, the ID only, or nothing.",
            standard = "preserve-id")
    Optional<String> inbound();

    @Setting(
            value = Kind.NETWORK,
            text = "Where callers connect from who are believed as under preserve; nobody when left out.")
    Optional<List<String>> trustedCallers();

    @Setting(value = Kind.GROUP, text = "Which traces are exported, decided at a request's start.")
    SamplingSettings sampling();

    @Setting(value = Kind.GROUP, text = "Which requests are exported all the same, decided at their end.")
    KeepSettings keep();

    @Setting(value = Kind.NAME, text = "The destinations of the spans, by name.", standard = "[default]")
    Optional<List<String>> exportTo();

    @Setting(value = Kind.BAGGAGE_KEY, text = "The keys of callers' baggage that are passed on; none when left out.")
    Optional<List<String>> baggage();

    @Setting(
            value = Kind.SPAN_PROFILE,
            text = "What spans tell of a request: nothing of its caller, or all that the HTTP conventions recommend.",
            standard = "minimal")
    Optional<String> attributes();

    @Setting(value = Kind.GROUP, text = "Header fields recorded in spans; none when left out.")
    CaptureSettings captureHeaders();

    /** Which traces are exported. */
    interface SamplingSettings {

        @Setting(
                value = Kind.RATIO,
                text = "The share of traces that are exported, from 0 to 1; as OTEL_TRACES_SAMPLER says when left out.")
        Optional<String> ratio();

        @Setting(
                value = Kind.COUNT,
                text = "The most traces a second that are chosen so; any number when left out.",
                to = Sampling.MAX_PER_SECOND)
        Optional<String> perSecond();
    }

    /** Which requests are exported that were not chosen at their start. */
    interface KeepSettings {

        @Setting(value = Kind.FLAG, text = "Whether those are that failed.", standard = "false")
        Optional<String> errors();

        @Setting(value = Kind.DURATION, text = "Those are that took longer; none when left out.")
        Optional<String> slowerThan();

        @Setting(
                value = Kind.COUNT,
                text = "The most requests a second that are kept so; the spans of further ones are not exported.",
                standard = "100",
                from = 1,
                to = Sampling.MAX_PER_SECOND)
        Optional<String> perSecond();
    }

    /** Header fields recorded in spans. */
    interface CaptureSettings {

        @Setting(value = Kind.HEADER, text = "Of the request, but no credentials.")
        Optional<List<String>> request();

        @Setting(value = Kind.HEADER, text = "Of the response, but no credentials.")
        Optional<List<String>> response();
    }
}

package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.Optional;

/** How requests are traced: of one tenant, or as the gateway's default. */
interface TracingSettings {

    @Setting(
            value = Kind.INBOUND_TRUST,
            text =
                    "What is believed of the trace context that callers send: ID and sampled flag, the ID only, or nothing.",
            standard = "preserve-id")
    Optional<String> inbound();

    @Setting(value = Kind.GROUP, text = "Which traces are exported.")
    SamplingSettings sampling();

    /** Which traces are exported. */
    interface SamplingSettings {

        @Setting(
                value = Kind.RATIO,
                text = "The share of traces that are exported, from 0 to 1; as OTEL_TRACES_SAMPLER says when left out.")
        Optional<String> ratio();
    }
}

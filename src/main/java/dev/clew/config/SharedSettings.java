package dev.clew.config;

import dev.clew.tenant.Limits;
import dev.clew.tenant.Sampling;
import dev.clew.tenant.Timeouts;
import dev.clew.tenant.TracingPolicy;
import dev.clew.tenant.Upstream;
import dev.clew.trace.context.InboundTrust;
import java.util.List;
import java.util.function.Function;

/** Reads the groups of settings that both a tenant's file and the gateway's defaults have. */
final class SharedSettings {

    static final Function<String, Integer> CONNECTIONS = Values.count(1, Upstream.MAX_CONNECTIONS);
    static final Function<String, Integer> PENDING_REQUESTS = Values.count(0, Upstream.MAX_PENDING_REQUESTS);

    private static final Function<String, InboundTrust> INBOUND =
            Values.word(List.of(InboundTrust.values()), InboundTrust::token);

    private final Fields fields;

    SharedSettings(Fields fields) {
        this.fields = fields;
    }

    TracingPolicy tracing(String key, TracingSettings settings, TracingPolicy standard) {
        InboundTrust inbound = fields.read(Keys.child(key, "inbound"), settings.inbound(), INBOUND, standard.inbound());
        Sampling sampling = fields.<Sampling>read(
                Keys.child(Keys.child(key, "sampling"), "ratio"),
                settings.sampling().ratio(),
                text -> new Sampling.Ratio(Values.ratio(text)),
                standard.sampling());
        return new TracingPolicy(inbound, sampling);
    }

    Timeouts timeouts(String key, TimeoutSettings settings, Timeouts standard) {
        return new Timeouts(
                fields.read(Keys.child(key, "connect"), settings.connect(), Values::duration, standard.connect()),
                fields.read(Keys.child(key, "response"), settings.response(), Values::duration, standard.response()),
                fields.read(Keys.child(key, "idle"), settings.idle(), Values::duration, standard.idle()));
    }

    Limits limits(String key, LimitSettings settings, Limits standard) {
        return new Limits(fields.read(
                Keys.child(key, "request-body"), settings.requestBody(), Values::size, standard.requestBody()));
    }
}

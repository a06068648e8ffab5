package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.RequestRate;
import io.smallrye.config.ConfigValue;

/** A tenant's share of the gateway: of one tenant, or as the gateway's default. */
interface LimitSection {

    @Setting(
            value = Kind.SIZE,
            text = "The largest request body, in bytes; larger ones are answered with 413.",
            standard = "unlimited")
    ConfigValue requestBody();

    @Setting(
            value = Kind.COUNT,
            text = "The most requests a second in the long run; further ones are answered with 429.",
            absent = "any",
            from = 1,
            to = RequestRate.MOST)
    ConfigValue requestsPerSecond();

    @Setting(
            value = Kind.COUNT,
            text = "How many requests may come at once within `requests-per-second`; as many as a second "
                    + "brings where that alone is given.",
            absent = "a second's",
            from = 1,
            to = RequestRate.MOST)
    ConfigValue burst();

    @Setting(
            value = Kind.COUNT,
            text = "The most requests under way at once; further ones are answered with 503.",
            absent = "any",
            from = 1)
    ConfigValue concurrentRequests();

    @Setting(
            value = Kind.FLAG,
            text = "Whether [all replicas together](limits.md#shared-over-replicas) keep to rate and burst, "
                    + "by way of Redis.",
            standard = "false")
    ConfigValue sharedRate();

    @Setting(
            value = Kind.FLAG,
            text = "Whether responses tell of the rate, in [`RateLimit-Policy` and "
                    + "`RateLimit`](limits.md#what-clients-are-told).",
            standard = "true")
    ConfigValue rateHeaders();

    @Setting(
            value = Kind.DURATION,
            text = "The longest a request may take [as a whole](limits.md#duration); longer ones are "
                    + "answered with 504 or 408, or cut off.",
            absent = "any")
    ConfigValue requestDuration();

    @Setting(
            value = Kind.COUNT,
            text = "The most client [connections](limits.md#connections) at once that requests come on; "
                    + "those on further ones are answered with 503.",
            absent = "any",
            from = 1)
    ConfigValue connections();

    @Setting(
            value = Kind.SIZE,
            text = "The largest header section, in bytes; larger ones are answered with 431. The listener's "
                    + "`quarkus.http.limits.max-header-size` holds in any case.",
            absent = "the listener's",
            standard = "unlimited")
    ConfigValue headerSize();

    /** Reads the section; the standard holds where it is silent. */
    static Limits read(LimitSection section, Fields fields, Limits standard) {
        return new Limits(
                rate(section, fields, standard.rate()),
                fields.count(section.concurrentRequests(), standard.concurrentRequests()),
                fields.count(section.connections(), standard.connections()),
                fields.read(section.headerSize(), Values::size, standard.headerSize()),
                fields.read(section.requestBody(), Values::size, standard.requestBody()),
                fields.duration(section.requestDuration(), standard.requestDuration()));
    }

    private static RequestRate rate(LimitSection section, Fields fields, RequestRate standard) {
        int perSecond = fields.count(section.requestsPerSecond(), standard.perSecond());
        // What a second brings, unless more or less is said.
        int burst = perSecond == standard.perSecond() ? standard.burst() : perSecond;
        return new RequestRate(
                perSecond,
                fields.count(section.burst(), burst),
                fields.flag(section.sharedRate(), standard.shared()),
                fields.flag(section.rateHeaders(), standard.shown()));
    }
}

package dev.clew.config.tenant;

import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.config.yaml.Values;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.RequestRate;
import io.smallrye.config.ConfigValue;

/** A tenant's share of the gateway: of one tenant, or as the gateway's default. */
public interface LimitSection {

    @Setting(
            value = Kind.SIZE,
            text = "Maximum size of a request body in bytes; larger ones get 413.",
            standard = "unlimited")
    ConfigValue requestBody();

    @Setting(
            value = Kind.COUNT,
            text = "Maximum sustained number of requests per second; further requests get 429.",
            absent = "no limit",
            from = 1,
            to = RequestRate.MAX)
    ConfigValue requestsPerSecond();

    @Setting(
            value = Kind.COUNT,
            text = "Number of requests that may arrive at once within `requests-per-second`. If only "
                    + "`requests-per-second` is set, the burst is the requests of one second.",
            absent = "the requests of one second",
            from = 1,
            to = RequestRate.MAX)
    ConfigValue burst();

    @Setting(
            value = Kind.COUNT,
            text = "Maximum number of concurrent requests; further requests get 503.",
            absent = "no limit",
            from = 1)
    ConfigValue concurrentRequests();

    @Setting(
            value = Kind.FLAG,
            text = "Whether rate and burst apply to [all replicas together](limits.md#shared-over-replicas), "
                    + "through Redis.",
            standard = "false")
    ConfigValue sharedRate();

    @Setting(
            value = Kind.FLAG,
            text = "Whether responses carry [`RateLimit-Policy` and `RateLimit`](limits.md#rate-limit-headers).",
            standard = "true")
    ConfigValue rateHeaders();

    @Setting(
            value = Kind.DURATION,
            text = "Maximum [duration of a request](limits.md#duration); a longer one gets 504 or 408, or its "
                    + "response is cut off.",
            absent = "no limit")
    ConfigValue requestDuration();

    @Setting(
            value = Kind.COUNT,
            text = "Maximum number of client [connections](limits.md#connections) with requests for this tenant; "
                    + "requests on further connections get 503.",
            absent = "no limit",
            from = 1)
    ConfigValue connections();

    @Setting(
            value = Kind.SIZE,
            text = "Maximum size of the header section in bytes; larger ones get 431. The listener's "
                    + "`quarkus.http.limits.max-header-size` applies as well.",
            absent = "the listener's",
            standard = "unlimited")
    ConfigValue headerSize();

    /** Reads the section; absent values default to the given ones. */
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
        // One second's worth, by default.
        int burst = perSecond == standard.perSecond() ? standard.burst() : perSecond;
        return new RequestRate(
                perSecond,
                fields.count(section.burst(), burst),
                fields.flag(section.sharedRate(), standard.shared()),
                fields.flag(section.rateHeaders(), standard.shown()));
    }
}

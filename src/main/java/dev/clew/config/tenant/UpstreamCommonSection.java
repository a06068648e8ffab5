package dev.clew.config.tenant;

import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Ejection;
import io.smallrye.config.ConfigValue;

/** Settings of an upstream that have defaults in the gateway's file. */
public interface UpstreamCommonSection {

    @Setting(value = Kind.GROUP, text = "Time limits of requests to the service.")
    TimeoutSection timeout();

    @Setting(
            value = Kind.COUNT,
            text = "Maximum number of concurrent requests to the upstream, all endpoints together.",
            standard = "64",
            from = 1,
            to = Connections.MAX_AT_ONCE)
    ConfigValue connections();

    @Setting(
            value = Kind.COUNT,
            text = "Maximum number of requests that wait for a free place; further requests get 503.",
            standard = "256",
            to = Connections.MAX_PENDING)
    ConfigValue pendingRequests();

    @Setting(value = Kind.GROUP, text = "Outlier ejection: a failing address gets no requests for a while.")
    EjectionSection ejection();

    @Setting(value = Kind.GROUP, text = "Stops requests to a failing upstream for a while.")
    CircuitBreakerSection circuitBreaker();

    /** Reads the connections; absent values, and those without gateway defaults, default to the given ones. */
    static Connections connections(UpstreamCommonSection section, Fields fields, Connections standard) {
        return new Connections(
                TimeoutSection.read(section.timeout(), fields, standard.timeouts()),
                fields.count(section.connections(), standard.atOnce()),
                fields.count(section.pendingRequests(), standard.pending()),
                standard.protocol(),
                standard.streams(),
                standard.tls());
    }

    /** Outlier ejection of addresses. */
    interface EjectionSection {

        @Setting(
                value = Kind.COUNT,
                text = "Number of consecutive failed attempts that [eject](http.md#health) an address; 0 for never.",
                standard = "0",
                to = Ejection.MAX_FAILURES)
        ConfigValue failures();

        @Setting(
                value = Kind.FLAG,
                text = "Whether a response with a status from 500 to 599 counts as a failure.",
                standard = "false")
        ConfigValue serverErrors();

        @Setting(
                value = Kind.DURATION,
                text = "Duration of the first ejection; it doubles when the next ejection follows soon.",
                standard = "30s")
        ConfigValue time();

        @Setting(value = Kind.DURATION, text = "Maximum ejection time.", standard = "5m")
        ConfigValue longest();

        @Setting(
                value = Kind.RATIO,
                text = "Maximum share of the addresses that may be ejected at the same time, 0 to 1, rounded down.",
                standard = "0.5")
        ConfigValue atMost();

        /** Reads the section; absent values default to the given ones. */
        static Ejection read(EjectionSection section, Fields fields, Ejection standard) {
            return new Ejection(
                    fields.count(section.failures(), standard.failures()),
                    fields.flag(section.serverErrors(), standard.serverErrors()),
                    fields.duration(section.time(), standard.time()),
                    fields.duration(section.longest(), standard.longest()),
                    fields.ratio(section.atMost(), standard.atMost()));
        }
    }
}

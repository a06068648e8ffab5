package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Ejection;
import io.smallrye.config.ConfigValue;

/** Settings of an upstream that the gateway has defaults of. */
interface UpstreamCommonSection {

    @Setting(value = Kind.GROUP, text = "How long the service may take.")
    TimeoutSection timeout();

    @Setting(
            value = Kind.COUNT,
            text = "The most requests at the upstream at once, all endpoints together.",
            standard = "64",
            from = 1,
            to = Connections.MOST_AT_ONCE)
    ConfigValue connections();

    @Setting(
            value = Kind.COUNT,
            text = "How many requests may wait for a place; further ones are answered with 503.",
            standard = "256",
            to = Connections.MOST_PENDING)
    ConfigValue pendingRequests();

    @Setting(value = Kind.GROUP, text = "When an address that fails requests gets none for a while.")
    EjectionSection ejection();

    @Setting(value = Kind.GROUP, text = "When an upstream that fails requests gets none for a while.")
    CircuitBreakerSection circuitBreaker();

    /** Reads the connections; the standard holds where the section is silent, or the gateway has no defaults. */
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
                text = "So many failed attempts in a row [eject](http.md#health) an address; 0 for never.",
                standard = "0",
                to = Ejection.MOST_FAILURES)
        ConfigValue failures();

        @Setting(
                value = Kind.FLAG,
                text = "Whether a response with a status of 500 to 599 counts as a failure, too.",
                standard = "false")
        ConfigValue serverErrors();

        @Setting(
                value = Kind.DURATION,
                text = "How long an ejected address gets no requests; twice as long each time that follows soon.",
                standard = "30s")
        ConfigValue time();

        @Setting(
                value = Kind.DURATION,
                text = "The longest time that an ejected address gets no requests.",
                standard = "5m")
        ConfigValue longest();

        @Setting(
                value = Kind.RATIO,
                text = "The share of all addresses that may be ejected at once, 0 to 1, rounded down.",
                standard = "0.5")
        ConfigValue atMost();

        /** Reads the section; the standard holds where it is silent. */
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

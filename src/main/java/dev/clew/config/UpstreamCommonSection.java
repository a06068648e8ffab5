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
            text = "The most requests at all its endpoints together.",
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

    /** When an address that fails requests gets none for a while. */
    interface EjectionSection {

        @Setting(
                value = Kind.COUNT,
                text = "So many failed attempts in a row eject an address; 0 for never.",
                standard = "0",
                to = Ejection.MOST_FAILURES)
        ConfigValue failures();

        @Setting(
                value = Kind.FLAG,
                text = "Whether an answer with a status of 500 to 599 counts as a failure, too.",
                standard = "false")
        ConfigValue serverErrors();

        @Setting(
                value = Kind.DURATION,
                text = "How long it gets no requests; twice as long each time that follows soon.",
                standard = "30s")
        ConfigValue time();

        @Setting(value = Kind.DURATION, text = "The longest such time.", standard = "5m")
        ConfigValue longest();

        @Setting(
                value = Kind.RATIO,
                text = "The share of all addresses that may be ejected at once, rounded down.",
                standard = "0.5")
        ConfigValue atMost();
    }
}

package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.Balancing;
import dev.clew.tenant.Ejection;
import dev.clew.tenant.HealthCheck;
import java.util.List;
import java.util.Optional;

/** Which of an upstream's addresses a request goes to. */
final class SelectionSettings {

    private SelectionSettings() {}

    /** How requests are spread. */
    interface BalancingSettings {

        @Setting(
                value = Kind.BALANCING,
                text = "Who gets the next request: each in turn, of two at random the less busy one, or by a hash.",
                standard = "round-robin")
        Optional<String> policy();

        @Setting(
                value = Kind.HEADER,
                text = "For hash: the request header field that is hashed; the client's address when neither is said.")
        Optional<String> header();

        @Setting(value = Kind.HEADER, text = "For hash: the cookie that is hashed.")
        Optional<String> cookie();

        @Setting(
                value = Kind.COUNT,
                text = "Each endpoint's share beside the others', in the order of the endpoints; equal when left out.",
                from = 1,
                to = Balancing.MAX_WEIGHT)
        Optional<List<String>> weights();

        @Setting(
                value = Kind.DURATION,
                text =
                        "Over how long an address that comes (back) gets its share, little by little; at once when left out.")
        Optional<String> slowStart();
    }

    /** A request that the gateway sends to each address at intervals. */
    interface HealthCheckSettings {

        @Setting(value = Kind.PATH_TO_CHECK, text = "The path that is asked for; there is no check without one.")
        Optional<String> path();

        @Setting(value = Kind.DURATION, text = "The time between two checks; 10s when left out.")
        Optional<String> interval();

        @Setting(value = Kind.DURATION, text = "How long an answer may take; 1s when left out.")
        Optional<String> timeout();

        @Setting(
                value = Kind.COUNT,
                text = "So many answers in a row make an unhealthy address healthy; 2 when left out.",
                from = 1,
                to = HealthCheck.MOST_IN_A_ROW)
        Optional<String> healthyAfter();

        @Setting(
                value = Kind.COUNT,
                text = "So many failures in a row make a healthy address unhealthy; 3 when left out.",
                from = 1,
                to = HealthCheck.MOST_IN_A_ROW)
        Optional<String> unhealthyAfter();

        @Setting(
                value = Kind.COUNT,
                text = "The statuses that count as an answer; 200 to 299 when left out.",
                from = 200,
                to = 599)
        Optional<List<String>> statuses();
    }

    /** When an address that fails requests gets none for a while. */
    interface EjectionSettings {

        @Setting(
                value = Kind.COUNT,
                text = "So many failed attempts in a row eject an address; 0 for never.",
                standard = "0",
                to = Ejection.MOST_FAILURES)
        Optional<String> failures();

        @Setting(
                value = Kind.FLAG,
                text = "Whether an answer with a status of 500 to 599 counts as a failure, too.",
                standard = "false")
        Optional<String> serverErrors();

        @Setting(
                value = Kind.DURATION,
                text = "How long it gets no requests; twice as long each time that follows soon.",
                standard = "30s")
        Optional<String> time();

        @Setting(value = Kind.DURATION, text = "The longest such time.", standard = "5m")
        Optional<String> longest();

        @Setting(
                value = Kind.RATIO,
                text = "The share of all addresses that may be ejected at once, rounded down.",
                standard = "0.5")
        Optional<String> atMost();
    }
}

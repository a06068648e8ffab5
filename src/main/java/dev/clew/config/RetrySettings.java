package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.Connections;
import dev.clew.tenant.RetryPolicy;
import java.util.List;
import java.util.Optional;

/** Whether and when a request is sent once more. */
interface RetrySettings {

    @Setting(
            value = Kind.COUNT,
            text = "Tries in all, the first included.",
            standard = "1",
            from = 1,
            to = RetryPolicy.MAX_ATTEMPTS)
    Optional<String> attempts();

    @Setting(
            value = Kind.RETRY_CONDITION,
            text = "The failures that lead to another try.",
            standard = "[connect-failure]")
    Optional<List<String>> on();

    @Setting(
            value = Kind.METHOD,
            text = "The methods whose requests may be sent twice although the first may have arrived.",
            standard = "[GET, HEAD, OPTIONS, TRACE, PUT, DELETE]")
    Optional<List<String>> methods();

    @Setting(
            value = Kind.FLAG,
            text = "Confirms that the service bears to be sent a request twice whose method is not idempotent.",
            standard = "false")
    Optional<String> unsafe();

    @Setting(
            value = Kind.SIZE,
            text = "How much of a body is held so that it can be sent again, up to 64K; with a larger one, no retry.",
            standard = "0")
    Optional<String> buffer();

    @Setting(value = Kind.GROUP, text = "The wait before another try.")
    BackOffSettings backOff();

    @Setting(value = Kind.GROUP, text = "How many retries may be under way at once.")
    BudgetSettings budget();

    /** The wait before another try. */
    interface BackOffSettings {

        @Setting(
                value = Kind.DURATION,
                text = "The longest wait before the first retry; it doubles with each further one.",
                standard = "25ms")
        Optional<String> first();

        @Setting(value = Kind.DURATION, text = "The longest wait of all.", standard = "250ms")
        Optional<String> longest();
    }

    /** How many retries may be under way at once. */
    interface BudgetSettings {

        @Setting(
                value = Kind.RATIO,
                text = "The most retries, as a share of the requests now at the upstream.",
                standard = "0.2")
        Optional<String> share();

        @Setting(
                value = Kind.COUNT,
                text = "So many retries in any case.",
                standard = "3",
                to = Connections.MOST_AT_ONCE)
        Optional<String> atLeast();
    }
}

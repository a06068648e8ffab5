package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.RetryPolicy;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** Retries. */
interface RetrySection {

    @Setting(
            value = Kind.COUNT,
            text = "Tries in all, the first included.",
            standard = "1",
            from = 1,
            to = RetryPolicy.MAX_ATTEMPTS)
    ConfigValue attempts();

    @Setting(
            value = Kind.RETRY_CONDITION,
            text = "Which failures lead to another try: `connect-failure`, `reset`, `timeout`, `429`, "
                    + "`502`, `503`, `504` ([retries](http.md#retries)).",
            standard = "[connect-failure]")
    List<Item> on();

    @Setting(
            value = Kind.METHOD,
            text = "The methods whose requests may be sent twice although the first may have arrived: GET, "
                    + "HEAD, OPTIONS, TRACE, PUT, DELETE.",
            absent = "the idempotent ones",
            standard = "[GET, HEAD, OPTIONS, TRACE, PUT, DELETE]")
    List<Item> methods();

    @Setting(
            value = Kind.FLAG,
            text = "Confirms that `methods` holds some that are not idempotent.",
            standard = "false")
    ConfigValue unsafe();

    @Setting(
            value = Kind.SIZE,
            text = "How much of a request's body is held so that it can be sent again, up to `64K`; a "
                    + "request with a larger one is not sent again.",
            standard = "0")
    ConfigValue buffer();

    @Setting(value = Kind.GROUP, text = "The wait before another try.")
    BackOffSection backOff();

    @Setting(value = Kind.GROUP, text = "How many retries may be under way at once.")
    BudgetSection budget();

    /** The wait before another try. */
    interface BackOffSection {

        @Setting(
                value = Kind.DURATION,
                text = "The longest wait before the first retry; it doubles with each further one.",
                standard = "25ms")
        ConfigValue first();

        @Setting(value = Kind.DURATION, text = "The longest wait of all.", standard = "250ms")
        ConfigValue longest();
    }

    /** The bound on retries under way at once. */
    interface BudgetSection {

        @Setting(
                value = Kind.RATIO,
                text = "The most retries under way at once, as a share of the requests now at the upstream.",
                standard = "0.2")
        ConfigValue share();

        @Setting(
                value = Kind.COUNT,
                text = "So many retries in any case.",
                standard = "3",
                to = Connections.MOST_AT_ONCE)
        ConfigValue atLeast();
    }
}

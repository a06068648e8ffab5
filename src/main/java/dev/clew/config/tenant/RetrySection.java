package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.RetryPolicy;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** The retry policy of an upstream. */
interface RetrySection {

    @Setting(
            value = Kind.COUNT,
            text = "Total number of attempts, the first included.",
            standard = "1",
            from = 1,
            to = RetryPolicy.MAX_ATTEMPTS)
    ConfigValue attempts();

    @Setting(
            value = Kind.RETRY_CONDITION,
            text = "Failures that are retried: `connect-failure`, `reset`, `timeout`, `429`, `502`, `503`, `504` "
                    + "([retries](http.md#retries)).",
            standard = "[connect-failure]")
    List<Item> on();

    @Setting(
            value = Kind.METHOD,
            text = "Methods that may be retried although the first attempt may have reached the upstream: GET, "
                    + "HEAD, OPTIONS, TRACE, PUT, DELETE.",
            absent = "all idempotent ones",
            standard = "[GET, HEAD, OPTIONS, TRACE, PUT, DELETE]")
    List<Item> methods();

    @Setting(
            value = Kind.FLAG,
            text = "Must be `true` if `methods` contains methods that are not idempotent.",
            standard = "false")
    ConfigValue unsafe();

    @Setting(
            value = Kind.SIZE,
            text = "Maximum size of a request body that is kept for a retry, up to `64K`; requests with a larger "
                    + "body are not retried.",
            standard = "0")
    ConfigValue buffer();

    @Setting(value = Kind.GROUP, text = "Waiting time before a retry.")
    BackOffSection backOff();

    @Setting(value = Kind.GROUP, text = "Bounds the number of concurrent retries.")
    BudgetSection budget();

    /** The back-off before a retry. */
    interface BackOffSection {

        @Setting(
                value = Kind.DURATION,
                text = "Maximum wait before the first retry; it doubles with each further retry.",
                standard = "25ms")
        ConfigValue first();

        @Setting(value = Kind.DURATION, text = "Upper bound of the maximum wait.", standard = "250ms")
        ConfigValue longest();
    }

    /** The retry budget: the bound on concurrent retries. */
    interface BudgetSection {

        @Setting(
                value = Kind.RATIO,
                text = "Maximum number of concurrent retries, as a share of the requests that are active at the "
                        + "upstream.",
                standard = "0.2")
        ConfigValue share();

        @Setting(
                value = Kind.COUNT,
                text = "Number of concurrent retries that are always allowed.",
                standard = "3",
                to = Connections.MAX_AT_ONCE)
        ConfigValue atLeast();
    }
}

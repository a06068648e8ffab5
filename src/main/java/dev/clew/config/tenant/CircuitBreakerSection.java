package dev.clew.config.tenant;

import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.CircuitBreaker.FailureRatio;
import io.smallrye.config.ConfigValue;

/** The circuit breaker of an upstream as a whole. */
public interface CircuitBreakerSection {

    @Setting(
            value = Kind.COUNT,
            text = "Number of consecutive attempts without a connection that open the "
                    + "[circuit](http.md#circuit-breaker), if no address accepts connections; 0 for never.",
            standard = "5",
            to = CircuitBreaker.MAX_FAILURES)
    ConfigValue connectFailures();

    @Setting(
            value = Kind.COUNT,
            text = "Number of consecutive failed attempts that open the circuit; 0 for never.",
            standard = "0",
            to = CircuitBreaker.MAX_FAILURES)
    ConfigValue consecutiveFailures();

    @Setting(
            value = Kind.RATIO,
            text = "Share of failed attempts that opens the circuit, 0 (never) to 1.",
            standard = "0")
    ConfigValue failureRatio();

    @Setting(value = Kind.DURATION, text = "Time window of `failure-ratio`.", standard = "10s")
    ConfigValue window();

    @Setting(
            value = Kind.COUNT,
            text = "Minimum number of attempts in the window for `failure-ratio` to apply.",
            standard = "20",
            from = 1,
            to = FailureRatio.MAX_MINIMUM)
    ConfigValue minimumRequests();

    @Setting(
            value = Kind.FLAG,
            text = "Whether a response with a status from 500 to 599 counts as a failure.",
            standard = "false")
    ConfigValue serverErrors();

    @Setting(
            value = Kind.DURATION,
            text = "How long an open circuit rejects requests before trial requests are allowed; with "
                    + "`failure-ratio`, `10s` or more is usual.",
            standard = "1s")
    ConfigValue openFor();

    @Setting(
            value = Kind.COUNT,
            text = "Number of trial requests that must succeed before the circuit closes.",
            standard = "1",
            from = 1,
            to = CircuitBreaker.MAX_REQUESTS)
    ConfigValue halfOpenRequests();

    /** Reads the section; absent values default to the given ones. */
    static CircuitBreaker read(CircuitBreakerSection section, Fields fields, CircuitBreaker standard) {
        FailureRatio ratio = standard.failureRatio();
        return new CircuitBreaker(
                fields.count(section.connectFailures(), standard.connectFailures()),
                fields.count(section.consecutiveFailures(), standard.consecutiveFailures()),
                new FailureRatio(
                        fields.ratio(section.failureRatio(), ratio.share()),
                        fields.duration(section.window(), ratio.window()),
                        fields.count(section.minimumRequests(), ratio.minimumRequests())),
                fields.flag(section.serverErrors(), standard.serverErrors()),
                fields.duration(section.openFor(), standard.openFor()),
                fields.count(section.halfOpenRequests(), standard.halfOpenRequests()));
    }
}

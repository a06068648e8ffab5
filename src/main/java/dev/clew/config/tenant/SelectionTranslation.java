package dev.clew.config.tenant;

import dev.clew.config.tenant.UpstreamCommonSection.EjectionSection;
import dev.clew.config.tenant.UpstreamSection.BalancingSection;
import dev.clew.config.tenant.UpstreamSection.HealthCheckSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Values;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.HealthCheck;
import dev.clew.tenant.upstream.Selection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Translates load balancing, health checks, outlier ejection and circuit breaker of an upstream. */
final class SelectionTranslation {

    private static final Function<String, String> POLICY = Values.word(Balancing.TOKENS, Function.identity());

    private final Findings findings;
    private final Fields fields;

    SelectionTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    Selection selection(UpstreamSection section, TenantDefaults defaults) {
        return new Selection(
                balancing(section.balancing()),
                check(section.healthCheck()),
                EjectionSection.read(section.ejection(), fields, defaults.ejection()),
                fields.duration(section.lookUpEvery(), Selection.STANDARD.lookUpEvery()),
                CircuitBreakerSection.read(section.circuitBreaker(), fields, defaults.circuitBreaker()));
    }

    private Balancing balancing(BalancingSection section) {
        return new Balancing(
                policy(section), fields.counts(section.weights()), fields.duration(section.slowStart(), Duration.ZERO));
    }

    private Balancing.Policy policy(BalancingSection section) {
        String word = fields.read(section.policy(), POLICY, Balancing.TOKENS.get(0));
        String header = fields.readOrNull(section.header(), Values::token);
        String cookie = fields.readOrNull(section.cookie(), Values::token);
        if (word.equals("hash")) {
            if (header != null && cookie != null) {
                findings.problem(section.cookie(), "too many keys (expected: header, cookie, or neither)");
            }
            return new Balancing.Hash(hashKey(header, cookie));
        }
        if (header != null || cookie != null) {
            findings.problem(
                    header != null ? section.header() : section.cookie(), "no use (expected: with policy: hash)");
        }
        return word.equals("round-robin") ? new Balancing.RoundRobin() : new Balancing.LeastRequests();
    }

    private static Balancing.Key hashKey(@Nullable String header, @Nullable String cookie) {
        if (header != null) {
            return new Balancing.Header(header.toLowerCase(Locale.ROOT));
        }
        return cookie != null ? new Balancing.Cookie(cookie) : new Balancing.ClientAddress();
    }

    void checkWeights(BalancingSection section, Balancing balancing, int endpoints) {
        List<Integer> weights = balancing.weights();
        if (!weights.isEmpty() && weights.size() != endpoints) {
            findings.problem(
                    section.weights(),
                    weights.size() + " of them (expected: one for each of " + endpoints + " endpoints)");
        }
    }

    private @Nullable HealthCheck check(HealthCheckSection section) {
        if (!findings.has(section.itself())) {
            return null;
        }
        String path = fields.require(section.path(), Values::target).orElse("/");
        Set<Integer> statuses = new HashSet<>(fields.counts(section.statuses()));
        return new HealthCheck(
                path,
                fields.duration(section.interval(), HealthCheck.INTERVAL),
                fields.duration(section.timeout(), HealthCheck.TIMEOUT),
                fields.count(section.healthyAfter(), HealthCheck.HEALTHY_AFTER),
                fields.count(section.unhealthyAfter(), HealthCheck.UNHEALTHY_AFTER),
                statuses);
    }
}

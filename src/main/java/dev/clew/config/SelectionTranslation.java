package dev.clew.config;

import dev.clew.config.SelectionSettings.BalancingSettings;
import dev.clew.config.SelectionSettings.HealthCheckSettings;
import dev.clew.config.TenantFile.UpstreamSettings;
import dev.clew.tenant.Balancing;
import dev.clew.tenant.HealthCheck;
import dev.clew.tenant.Selection;
import dev.clew.tenant.TenantDefaults;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes of a tenant's file what decides which address a request goes to. */
final class SelectionTranslation {

    private static final Function<String, String> POLICY = Values.word(Balancing.WORDS, Function.identity());
    private static final Function<String, Integer> WEIGHT = Values.count(1, Balancing.MAX_WEIGHT);
    private static final Function<String, Integer> IN_A_ROW = Values.count(1, HealthCheck.MOST_IN_A_ROW);
    private static final Function<String, Integer> STATUS = Values.count(200, 599);

    private final Findings findings;
    private final Fields fields;

    SelectionTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    Selection selection(String key, UpstreamSettings settings, TenantDefaults defaults) {
        SharedSettings shared = new SharedSettings(fields);
        return new Selection(
                balancing(Keys.child(key, "balancing"), settings.balancing()),
                check(Keys.child(key, "health-check"), settings.healthCheck()),
                shared.ejection(Keys.child(key, "ejection"), settings.ejection(), defaults.ejection()),
                fields.read(
                        Keys.child(key, "look-up-every"),
                        settings.lookUpEvery(),
                        Values::duration,
                        Selection.STANDARD.lookUpEvery()),
                shared.circuitBreaker(
                        Keys.child(key, "circuit-breaker"), settings.circuitBreaker(), defaults.circuitBreaker()));
    }

    private Balancing balancing(String key, BalancingSettings settings) {
        return new Balancing(
                policy(key, settings),
                fields.readAll(Keys.child(key, "weights"), settings.weights(), WEIGHT),
                fields.read(Keys.child(key, "slow-start"), settings.slowStart(), Values::duration, Duration.ZERO));
    }

    private Balancing.Policy policy(String key, BalancingSettings settings) {
        String word = fields.read(Keys.child(key, "policy"), settings.policy(), POLICY, Balancing.WORDS.get(0));
        String header = fields.readOrNull(Keys.child(key, "header"), settings.header(), Values::token);
        String cookie = fields.readOrNull(Keys.child(key, "cookie"), settings.cookie(), Values::token);
        if (word.equals("hash")) {
            if (header != null && cookie != null) {
                findings.problem(Keys.child(key, "cookie"), "too many keys (expected: header, cookie, or neither)");
            }
            return new Balancing.Hash(hashKey(header, cookie));
        }
        if (header != null || cookie != null) {
            findings.problem(
                    Keys.child(key, header != null ? "header" : "cookie"), "no use (expected: with policy: hash)");
        }
        return word.equals("round-robin") ? new Balancing.RoundRobin() : new Balancing.LeastRequests();
    }

    private static Balancing.Key hashKey(@Nullable String header, @Nullable String cookie) {
        if (header != null) {
            return new Balancing.Header(header.toLowerCase(Locale.ROOT));
        }
        return cookie != null ? new Balancing.Cookie(cookie) : new Balancing.ClientAddress();
    }

    void checkWeights(String key, Balancing balancing, int endpoints) {
        List<Integer> weights = balancing.weights();
        if (!weights.isEmpty() && weights.size() != endpoints) {
            findings.problem(
                    Keys.child(Keys.child(key, "balancing"), "weights"),
                    weights.size() + " of them (expected: one for each of " + endpoints + " endpoints)");
        }
    }

    private @Nullable HealthCheck check(String key, HealthCheckSettings settings) {
        if (!findings.has(key)) {
            return null;
        }
        String path = fields.require(Keys.child(key, "path"), settings.path(), Values::target)
                .orElse("/");
        Set<Integer> statuses = new HashSet<>(fields.readAll(Keys.child(key, "statuses"), settings.statuses(), STATUS));
        return new HealthCheck(
                path,
                fields.read(Keys.child(key, "interval"), settings.interval(), Values::duration, HealthCheck.INTERVAL),
                fields.read(Keys.child(key, "timeout"), settings.timeout(), Values::duration, HealthCheck.TIMEOUT),
                fields.read(
                        Keys.child(key, "healthy-after"), settings.healthyAfter(), IN_A_ROW, HealthCheck.HEALTHY_AFTER),
                fields.read(
                        Keys.child(key, "unhealthy-after"),
                        settings.unhealthyAfter(),
                        IN_A_ROW,
                        HealthCheck.UNHEALTHY_AFTER),
                statuses);
    }
}

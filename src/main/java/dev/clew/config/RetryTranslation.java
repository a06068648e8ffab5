package dev.clew.config;

import dev.clew.tenant.Connections;
import dev.clew.tenant.RetryCondition;
import dev.clew.tenant.RetryPolicy;
import dev.clew.tenant.RetryPolicy.BackOff;
import dev.clew.tenant.RetryPolicy.Budget;
import dev.clew.tenant.RetryPolicy.Repeatable;
import dev.clew.tenant.Route;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Makes a retry policy of what a tenant's file says. */
final class RetryTranslation {

    private static final Function<String, RetryCondition> CONDITION =
            Values.word(List.of(RetryCondition.values()), RetryCondition::token);
    private static final Function<String, String> METHOD =
            Values.word(Route.METHODS.stream().sorted().toList(), Function.identity());

    private final Findings findings;
    private final Fields fields;

    RetryTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    RetryPolicy retry(String key, RetrySettings settings) {
        if (settings.on().isPresent() && settings.attempts().isEmpty()) {
            fields.missing(Keys.child(key, "attempts"), "2 or more, or no \"on\"");
        }
        int attempts = fields.read(
                Keys.child(key, "attempts"), settings.attempts(), Values.count(1, RetryPolicy.MAX_ATTEMPTS), 1);
        List<RetryCondition> on = fields.readAll(Keys.child(key, "on"), settings.on(), CONDITION);
        Repeatable repeatable = repeatable(key, settings);
        BackOff backOff = backOff(Keys.child(key, "back-off"), settings.backOff());
        Budget budget = budget(Keys.child(key, "budget"), settings.budget());
        if (attempts == 1) {
            return RetryPolicy.NONE;
        }
        Set<RetryCondition> conditions = on.isEmpty() ? EnumSet.of(RetryCondition.CONNECT_FAILURE) : EnumSet.copyOf(on);
        return new RetryPolicy(attempts, conditions, repeatable, backOff, budget);
    }

    private Repeatable repeatable(String key, RetrySettings settings) {
        String methodsKey = Keys.child(key, "methods");
        Set<String> methods = new HashSet<>(fields.readAll(methodsKey, settings.methods(), METHOD));
        boolean unsafe = fields.read(Keys.child(key, "unsafe"), settings.unsafe(), Values::flag, false);
        if (!unsafe && !Repeatable.IDEMPOTENT.containsAll(methods)) {
            findings.problem(
                    methodsKey, "holds methods that are not idempotent (expected: \"unsafe: true\" beside them)");
        }
        int buffer = fields.read(
                Keys.child(key, "buffer"),
                settings.buffer(),
                text -> (int) Values.sizeUpTo(text, Repeatable.MAX_BUFFER),
                0);
        return new Repeatable(methods.isEmpty() ? Repeatable.IDEMPOTENT : methods, buffer);
    }

    private BackOff backOff(String key, RetrySettings.BackOffSettings settings) {
        BackOff standard = BackOff.STANDARD;
        return new BackOff(
                fields.read(Keys.child(key, "first"), settings.first(), Values::duration, standard.first()),
                fields.read(Keys.child(key, "longest"), settings.longest(), Values::duration, standard.longest()));
    }

    private Budget budget(String key, RetrySettings.BudgetSettings settings) {
        Budget standard = Budget.STANDARD;
        return new Budget(
                fields.read(Keys.child(key, "share"), settings.share(), Values::ratio, standard.share()),
                fields.read(
                        Keys.child(key, "at-least"),
                        settings.atLeast(),
                        Values.count(0, Connections.MOST_AT_ONCE),
                        standard.atLeast()));
    }
}

package dev.clew.config.tenant;

import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Values;
import dev.clew.tenant.upstream.RetryCondition;
import dev.clew.tenant.upstream.RetryPolicy;
import dev.clew.tenant.upstream.RetryPolicy.BackOff;
import dev.clew.tenant.upstream.RetryPolicy.Budget;
import dev.clew.tenant.upstream.RetryPolicy.Repeatable;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Translates the retry policy of an upstream. */
final class RetryTranslation {

    private static final Function<String, RetryCondition> CONDITION =
            Values.word(List.of(RetryCondition.values()), RetryCondition::token);

    private final Findings findings;
    private final Fields fields;

    RetryTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    RetryPolicy retry(RetrySection section) {
        if (!section.on().isEmpty() && !Fields.isSet(section.attempts())) {
            fields.missing(section.attempts(), "2 or more, or no \"on\"");
        }
        int attempts = fields.count(section.attempts(), 1);
        List<RetryCondition> on = fields.readAll(section.on(), CONDITION);
        Repeatable repeatable = repeatable(section);
        BackOff backOff = backOff(section.backOff());
        Budget budget = budget(section.budget());
        if (attempts == 1) {
            return RetryPolicy.NONE;
        }
        Set<RetryCondition> conditions = on.isEmpty() ? EnumSet.of(RetryCondition.CONNECT_FAILURE) : EnumSet.copyOf(on);
        return new RetryPolicy(attempts, conditions, repeatable, backOff, budget);
    }

    private Repeatable repeatable(RetrySection section) {
        Set<String> methods = new HashSet<>(fields.readAll(section.methods(), Values.METHOD));
        boolean unsafe = fields.flag(section.unsafe(), false);
        if (!unsafe && !Repeatable.IDEMPOTENT.containsAll(methods)) {
            findings.problem(
                    section.methods(),
                    "holds methods that are not idempotent (expected: \"unsafe: true\" beside them)");
        }
        int buffer = fields.read(section.buffer(), text -> (int) Values.sizeUpTo(text, Repeatable.MAX_BUFFER), 0);
        return new Repeatable(methods.isEmpty() ? Repeatable.IDEMPOTENT : methods, buffer);
    }

    private BackOff backOff(RetrySection.BackOffSection section) {
        BackOff standard = BackOff.STANDARD;
        return new BackOff(
                fields.duration(section.first(), standard.first()),
                fields.duration(section.longest(), standard.longest()));
    }

    private Budget budget(RetrySection.BudgetSection section) {
        Budget standard = Budget.STANDARD;
        return new Budget(
                fields.ratio(section.share(), standard.share()), fields.count(section.atLeast(), standard.atLeast()));
    }
}

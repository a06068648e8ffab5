package dev.clew.config.tenant;

import dev.clew.config.tenant.MatchSection.FieldSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Values;
import dev.clew.route.Conditions;
import dev.clew.route.PathExpression;
import dev.clew.route.PathMatch;
import dev.clew.route.PathPattern;
import dev.clew.route.RouteMatch;
import dev.clew.route.ValueMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Translates the match of a route. */
final class MatchTranslation {

    private final Findings findings;
    private final Fields fields;

    MatchTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    /** Returns the match; empty when its path is invalid or missing. Reports and omits other invalid parts. */
    Optional<RouteMatch> match(MatchSection section) {
        Optional<PathMatch> path = path(section);
        Set<String> methods = new HashSet<>(fields.readAll(section.methods(), Values.METHOD));
        List<Conditions.Field> headers =
                conditions(section.headers(), text -> Values.token(text).toLowerCase(Locale.ROOT));
        List<Conditions.Field> query = conditions(section.query(), Function.identity());
        return path.map(match -> new RouteMatch(match, methods, new Conditions(headers, query)));
    }

    private Optional<PathMatch> path(MatchSection section) {
        if (!Fields.isSet(section.pathRegex())) {
            return fields.require(section.path(), PathPattern::parse);
        }
        if (Fields.isSet(section.path())) {
            findings.problem(section.path(), "beside path-regex (expected: one of the two)");
        }
        return fields.require(section.pathRegex(), PathExpression::parse);
    }

    private List<Conditions.Field> conditions(List<FieldSection> written, Function<String, String> nameParser) {
        List<Conditions.Field> conditions = new ArrayList<>();
        Map<String, String> first = new HashMap<>();
        for (FieldSection section : written) {
            Optional<String> name = fields.require(section.name(), nameParser);
            ValueMatch value = value(section);
            String earlier = name.isEmpty()
                    ? null
                    : first.putIfAbsent(name.get(), section.name().getName());
            if (earlier != null) {
                findings.problem(section.name(), "again (expected: each name once; also " + earlier + ")");
            } else if (conditions.size() == Conditions.MAX_FIELDS) {
                findings.problem(section.itself(), "one too many (expected: at most " + Conditions.MAX_FIELDS + ")");
                break;
            } else if (name.isPresent()) {
                conditions.add(new Conditions.Field(name.get(), value));
            }
        }
        return conditions;
    }

    private ValueMatch value(FieldSection section) {
        if (Fields.isSet(section.value()) && Fields.isSet(section.regex())) {
            findings.problem(section.regex(), "beside value (expected: one of the two)");
        }
        ValueMatch present = new ValueMatch.Present();
        return Fields.isSet(section.value())
                ? new ValueMatch.Exact(section.value().getValue())
                : fields.<ValueMatch>read(section.regex(), ValueMatch.Expression::parse, present);
    }
}

package dev.clew.config;

import dev.clew.config.RouteSettings.FieldSettings;
import dev.clew.config.RouteSettings.MatchSettings;
import dev.clew.route.Conditions;
import dev.clew.route.PathExpression;
import dev.clew.route.PathMatch;
import dev.clew.route.PathPattern;
import dev.clew.route.RouteMatch;
import dev.clew.route.ValueMatch;
import dev.clew.tenant.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes the match of a route of its mapping. */
final class MatchTranslation {

    private static final Function<String, String> METHOD =
            Values.word(Route.METHODS.stream().sorted().toList(), Function.identity());

    private final Findings findings;
    private final Fields fields;

    MatchTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    /** Empty when its path is wrong or missing; what else is wrong is reported and left out. */
    Optional<RouteMatch> match(String key, MatchSettings settings) {
        Optional<PathMatch> path = path(key, settings);
        Set<String> methods = new HashSet<>(fields.readAll(Keys.child(key, "methods"), settings.methods(), METHOD));
        List<Conditions.Field> headers =
                conditions(Keys.child(key, "headers"), settings.headers(), text -> Values.token(text)
                        .toLowerCase(Locale.ROOT));
        List<Conditions.Field> query = conditions(Keys.child(key, "query"), settings.query(), Function.identity());
        return path.map(match -> new RouteMatch(match, methods, new Conditions(headers, query)));
    }

    private Optional<PathMatch> path(String key, MatchSettings settings) {
        String pathKey = Keys.child(key, "path");
        if (settings.pathRegex().isEmpty()) {
            return fields.require(pathKey, settings.path(), PathPattern::parse);
        }
        if (settings.path().isPresent()) {
            findings.problem(pathKey, "beside path-regex (expected: one of the two)");
        }
        return fields.require(Keys.child(key, "path-regex"), settings.pathRegex(), PathExpression::parse);
    }

    private List<Conditions.Field> conditions(
            String key, List<FieldSettings> written, Function<String, String> nameParser) {
        List<Conditions.Field> conditions = new ArrayList<>();
        Map<String, String> first = new HashMap<>();
        List<Integer> places = findings.places(key);
        for (int i = 0; i < written.size(); i++) {
            String place = Keys.item(key, places.get(i));
            String nameKey = Keys.child(place, "name");
            Optional<String> name = fields.require(nameKey, written.get(i).name(), nameParser);
            ValueMatch value = value(place, written.get(i));
            String earlier = name.isEmpty() ? null : first.putIfAbsent(name.get(), nameKey);
            if (earlier != null) {
                findings.problem(nameKey, "again (expected: each name once; also " + earlier + ")");
            } else if (conditions.size() == Conditions.MAX_FIELDS) {
                findings.problem(place, "one too many (expected: at most " + Conditions.MAX_FIELDS + ")");
                break;
            } else if (name.isPresent()) {
                conditions.add(new Conditions.Field(name.get(), value));
            }
        }
        return conditions;
    }

    private ValueMatch value(String key, FieldSettings settings) {
        String regexKey = Keys.child(key, "regex");
        if (settings.value().isPresent() && settings.regex().isPresent()) {
            findings.problem(regexKey, "beside value (expected: one of the two)");
        }
        ValueMatch present = new ValueMatch.Present();
        return settings.value().isPresent()
                ? new ValueMatch.Exact(settings.value().get())
                : fields.<ValueMatch>read(regexKey, settings.regex(), ValueMatch.Expression::parse, present);
    }
}

package dev.clew.config;

import dev.clew.action.Cors;
import dev.clew.action.OriginPattern;
import dev.clew.config.RouteSettings.CorsSettings;
import dev.clew.tenant.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes a route's rules for pages of other origins of their mapping. */
final class CorsTranslation {

    private static final Function<String, String> METHOD =
            Values.word(Route.METHODS.stream().sorted().toList(), Function.identity());
    /** Those that browsers let a page use without asking. */
    private static final List<String> SAFELISTED = List.of("GET", "HEAD", "POST");

    private final Findings findings;
    private final Fields fields;

    CorsTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    /**
     * Empty when the findings hold a problem.
     *
     * @param methods of the route; none means any
     */
    Optional<Cors> cors(String key, CorsSettings settings, Set<String> methods) {
        String originsKey = Keys.child(key, "origins");
        if (settings.origins().isEmpty()) {
            fields.missing(originsKey, "a list of origins");
            return Optional.empty();
        }
        int before = findings.refusals();
        List<Optional<OriginPattern>> origins = fields.readAll(originsKey, settings.origins(), CorsTranslation::origin);
        boolean credentials = fields.read(Keys.child(key, "credentials"), settings.credentials(), Values::flag, false);
        List<String> allowed = fields.readAll(Keys.child(key, "methods"), settings.methods(), METHOD);
        List<String> standard =
                methods.isEmpty() ? SAFELISTED : methods.stream().sorted().toList();
        List<String> headers = fields.readAll(Keys.child(key, "headers"), settings.headers(), CorsTranslation::field);
        List<String> exposed = fields.readAll(Keys.child(key, "expose"), settings.expose(), CorsTranslation::field);
        Duration maxAge = fields.read(Keys.child(key, "max-age"), settings.maxAge(), Values::duration, Duration.ZERO);
        if (findings.refusals() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Cors(
                    new Cors.Allowed(
                            origins.contains(Optional.<OriginPattern>empty()),
                            origins.stream().flatMap(Optional::stream).toList(),
                            credentials),
                    allowed.isEmpty() ? standard : allowed,
                    headers,
                    exposed,
                    maxAge));
        } catch (IllegalArgumentException refused) {
            findings.problem(key, String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    /** Empty for any. */
    private static Optional<OriginPattern> origin(String text) {
        return text.equals(Cors.ANY) ? Optional.empty() : Optional.of(OriginPattern.parse(text));
    }

    private static String field(String text) {
        return Values.token(text).toLowerCase(Locale.ROOT);
    }
}

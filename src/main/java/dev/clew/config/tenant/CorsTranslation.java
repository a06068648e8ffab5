package dev.clew.config.tenant;

import dev.clew.action.Cors;
import dev.clew.action.OriginPattern;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Keys;
import dev.clew.config.yaml.Values;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Translates the CORS rules of a route. */
final class CorsTranslation {

    /** The methods that need no preflight request. */
    private static final List<String> SAFELISTED = List.of("GET", "HEAD", "POST");

    private final Findings findings;
    private final Fields fields;

    CorsTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    /**
     * Returns the rules; empty when there is a problem.
     *
     * @param methods of the route; empty for any
     */
    Optional<Cors> cors(CorsSection section, Set<String> methods) {
        if (section.origins().isEmpty()) {
            fields.missing(Keys.child(section.itself().getName(), "origins"), "a list of origins");
            return Optional.empty();
        }
        int before = findings.rejections();
        List<Optional<OriginPattern>> origins = fields.readAll(section.origins(), CorsTranslation::origin);
        boolean credentials = fields.flag(section.credentials(), false);
        List<String> allowed = fields.readAll(section.methods(), Values.METHOD);
        List<String> standard =
                methods.isEmpty() ? SAFELISTED : methods.stream().sorted().toList();
        List<String> headers = fields.readAll(section.headers(), CorsTranslation::field);
        List<String> exposed = fields.readAll(section.expose(), CorsTranslation::field);
        Duration maxAge = fields.duration(section.maxAge(), Duration.ZERO);
        if (findings.rejections() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Cors(
                    new Cors.AllowedOrigins(
                            origins.contains(Optional.<OriginPattern>empty()),
                            origins.stream().flatMap(Optional::stream).toList(),
                            credentials),
                    allowed.isEmpty() ? standard : allowed,
                    headers,
                    exposed,
                    maxAge));
        } catch (IllegalArgumentException rejected) {
            findings.problem(section.itself(), String.valueOf(rejected.getMessage()));
            return Optional.empty();
        }
    }

    /** Returns empty for any origin. */
    private static Optional<OriginPattern> origin(String text) {
        return text.equals(Cors.ANY) ? Optional.empty() : Optional.of(OriginPattern.parse(text));
    }

    private static String field(String text) {
        return Values.token(text).toLowerCase(Locale.ROOT);
    }
}

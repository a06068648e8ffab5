package dev.clew.config;

import dev.clew.access.ApiKeys;
import dev.clew.access.Digest;
import dev.clew.access.JsonWebTokens;
import dev.clew.access.KeySource;
import dev.clew.access.Scheme;
import dev.clew.action.HeaderRules;
import dev.clew.config.AuthenticationSettings.ApiKeySettings;
import dev.clew.config.AuthenticationSettings.JwtSettings;
import dev.clew.config.AuthenticationSettings.SchemeSettings;
import dev.clew.tenant.SpanContent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes schemes of what a tenant's file says of them. No message holds a digest, nor what was written in place of one. */
final class SchemeTranslation {

    private static final Function<String, String> ALGORITHM =
            Values.word(JsonWebTokens.ALGORITHMS, Function.identity());

    private final Findings findings;
    private final Fields fields;
    private final KeySourceTranslation sources;
    private final SpanContent spans;

    /** @param spans what those of the tenant tell, among which no credential may be */
    SchemeTranslation(Findings findings, Fields fields, PemFiles files, SpanContent spans) {
        this.findings = findings;
        this.fields = fields;
        this.sources = new KeySourceTranslation(findings, fields, files);
        this.spans = spans;
    }

    Optional<? extends Scheme> scheme(String key, String name, SchemeSettings settings) {
        String keysKey = Keys.child(key, "api-keys");
        String tokensKey = Keys.child(key, "jwt");
        if (findings.has(keysKey) == findings.has(tokensKey)) {
            findings.problem(key, "both or neither (expected: api-keys or jwt)");
            return Optional.empty();
        }
        return findings.has(keysKey)
                ? Optional.of(apiKeys(keysKey, name, settings.apiKeys()))
                : tokens(tokensKey, name, settings.jwt());
    }

    private ApiKeys apiKeys(String key, String name, ApiKeySettings settings) {
        String headerKey = Keys.child(key, "header");
        String header = fields.read(headerKey, settings.header(), HeaderRules::name, ApiKeys.HEADER);
        if (spans.requestHeaders().contains(header)) {
            findings.problem(headerKey, "told in spans (expected: a field that is not in tracing.capture-headers)");
        }
        return new ApiKeys(
                name,
                header,
                digests(Keys.child(key, "keys"), settings.keys()),
                fields.readOrNull(
                        Keys.child(key, "identity-header"), settings.identityHeader(), SchemeTranslation::identity),
                fields.read(Keys.child(key, "pass"), settings.pass(), Values::flag, false));
    }

    private Map<Digest, String> digests(String key, Map<String, String> written) {
        if (written.isEmpty()) {
            fields.missing(key, "at least one key");
        }
        Map<Digest, String> names = new HashMap<>();
        written.forEach((name, digest) -> {
            String place = Keys.child(key, name);
            try {
                String earlier = names.putIfAbsent(Digest.parse(digest), name);
                if (earlier != null) {
                    findings.problem(place, "the same as " + earlier + " (expected: each key once)");
                }
            } catch (IllegalArgumentException refused) {
                // Perhaps the key itself, which nobody is to read in a log.
                findings.problem(place, "not shown (" + refused.getMessage() + ")");
            }
        });
        return names;
    }

    private Optional<JsonWebTokens> tokens(String key, String name, JwtSettings settings) {
        int before = findings.refusals();
        Optional<String> issuer = fields.require(Keys.child(key, "issuer"), settings.issuer(), Function.identity());
        String audiencesKey = Keys.child(key, "audiences");
        if (settings.audiences().isEmpty()) {
            fields.missing(audiencesKey, "a list with at least one audience");
        }
        List<String> algorithms = fields.readAll(Keys.child(key, "algorithms"), settings.algorithms(), ALGORITHM);
        int leeway = fields.read(
                Keys.child(key, "leeway"),
                settings.leeway(),
                SchemeTranslation::leeway,
                JsonWebTokens.USUAL_LEEWAY_SECONDS);
        Optional<KeySource> source = sources.source(Keys.child(key, "key-set"), settings.keySet());
        Map<String, String> headers = claimHeaders(Keys.child(key, "identity-headers"), settings.identityHeaders());
        boolean passes = fields.read(Keys.child(key, "pass"), settings.pass(), Values::flag, true);
        if (issuer.isEmpty() || source.isEmpty() || findings.refusals() > before) {
            return Optional.empty();
        }
        return Optional.of(new JsonWebTokens(
                name,
                issuer.get(),
                Set.copyOf(settings.audiences().orElse(List.of())),
                Set.copyOf(algorithms.isEmpty() ? JsonWebTokens.USUAL_ALGORITHMS : algorithms),
                leeway,
                source.get(),
                headers,
                passes));
    }

    private static int leeway(String text) {
        Duration leeway = Values.duration(text);
        if (leeway.toSeconds() > JsonWebTokens.MOST_LEEWAY_SECONDS) {
            throw new IllegalArgumentException("expected: a duration of at most 5m");
        }
        return (int) leeway.toSeconds();
    }

    private Map<String, String> claimHeaders(String key, Map<String, String> written) {
        Map<String, String> headers = new HashMap<>();
        written.forEach((name, claim) -> fields.parse(Keys.child(key, name), name, SchemeTranslation::identity)
                .ifPresent(header -> headers.put(header, claim)));
        return headers;
    }

    private static String identity(String text) {
        String name = HeaderRules.name(text);
        if (name.equals(Scheme.AUTHORIZATION)) {
            throw new IllegalArgumentException("expected: a field that holds no credentials");
        }
        return name;
    }

    /** No field may tell who a caller is and be his credential. */
    void checkApart(String key, Collection<Scheme> schemes) {
        for (Scheme scheme : schemes) {
            for (Scheme other : schemes) {
                for (String header : other.identityHeaders()) {
                    if (header.equals(scheme.header())) {
                        findings.problem(
                                Keys.child(key, other.name()),
                                "an identity header that holds the credential of " + scheme.name()
                                        + " (expected: another)");
                    }
                }
            }
        }
    }
}

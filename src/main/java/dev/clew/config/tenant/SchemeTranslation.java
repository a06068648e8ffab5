package dev.clew.config.tenant;

import static java.util.Objects.requireNonNull;

import dev.clew.access.ApiKeys;
import dev.clew.access.Digest;
import dev.clew.access.JsonWebTokens;
import dev.clew.access.KeySource;
import dev.clew.access.Scheme;
import dev.clew.action.HeaderRules;
import dev.clew.config.tenant.AuthenticationSection.ApiKeySection;
import dev.clew.config.tenant.AuthenticationSection.JwtSection;
import dev.clew.config.tenant.AuthenticationSection.SchemeSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Keys;
import dev.clew.config.yaml.PemFiles;
import dev.clew.config.yaml.Values;
import dev.clew.header.FieldName;
import dev.clew.header.FieldRule;
import dev.clew.header.HeaderRegistry;
import dev.clew.tenant.tracing.SpanContent;
import io.smallrye.config.ConfigValue;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Translates authentication schemes. Messages contain neither digests nor what was written in their place. */
final class SchemeTranslation {

    private static final Function<String, String> ALGORITHM =
            Values.word(JsonWebTokens.ALGORITHMS, Function.identity());

    private final Findings findings;
    private final Fields fields;
    private final KeySourceTranslation sources;
    private final SpanContent spans;

    /** @param spans the content of the tenant's spans, which may not include a credential */
    SchemeTranslation(Findings findings, Fields fields, PemFiles files, SpanContent spans) {
        this.findings = findings;
        this.fields = fields;
        this.sources = new KeySourceTranslation(findings, fields, files);
        this.spans = spans;
    }

    Optional<? extends Scheme> scheme(String name, SchemeSection section) {
        boolean hasKeys = findings.has(section.apiKeys().itself());
        if (hasKeys == findings.has(section.jwt().itself())) {
            findings.problem(section.itself(), "both or neither (expected: api-keys or jwt)");
            return Optional.empty();
        }
        return hasKeys ? Optional.of(apiKeys(name, section.apiKeys())) : tokens(name, section.jwt());
    }

    private ApiKeys apiKeys(String name, ApiKeySection section) {
        String header = fields.read(section.header(), HeaderRules::name, ApiKeys.HEADER);
        if (spans.requestHeaders().stream().anyMatch(captured -> FieldName.isSame(header, captured))) {
            findings.problem(
                    section.header(), "recorded in spans (expected: a field that is not in tracing.capture-headers)");
        }
        return new ApiKeys(
                name,
                header,
                digests(section),
                fields.readOrNull(section.identityHeader(), SchemeTranslation::identity),
                fields.flag(section.pass(), false));
    }

    private Map<Digest, String> digests(ApiKeySection section) {
        if (section.keys().isEmpty()) {
            fields.missing(Keys.child(section.itself().getName(), "keys"), "at least one key");
        }
        Map<Digest, String> names = new HashMap<>();
        section.keys().forEach((name, digest) -> {
            try {
                String earlier = names.putIfAbsent(Digest.parse(digest.getValue()), name);
                if (earlier != null) {
                    findings.problem(digest, "the same as " + earlier + " (expected: each key once)");
                }
            } catch (IllegalArgumentException rejected) {
                // It may be the key itself, which must not be logged.
                findings.problem(digest, "not shown (" + rejected.getMessage() + ")");
            }
        });
        return names;
    }

    private Optional<JsonWebTokens> tokens(String name, JwtSection section) {
        int before = findings.rejections();
        Optional<String> issuer = fields.require(section.issuer(), Function.identity());
        if (section.audiences().isEmpty()) {
            fields.missing(Keys.child(section.itself().getName(), "audiences"), "a list with at least one audience");
        }
        List<String> algorithms = fields.readAll(section.algorithms(), ALGORITHM);
        int leeway = fields.read(section.leeway(), SchemeTranslation::leeway, JsonWebTokens.USUAL_LEEWAY_SECONDS);
        Optional<KeySource> source = sources.source(section.keySet());
        Map<String, String> headers = claimHeaders(section.identityHeaders());
        boolean passes = fields.flag(section.pass(), true);
        if (issuer.isEmpty() || source.isEmpty() || findings.rejections() > before) {
            return Optional.empty();
        }
        return Optional.of(new JsonWebTokens(
                name,
                issuer.get(),
                Set.copyOf(fields.readAll(section.audiences(), Function.identity())),
                Set.copyOf(algorithms.isEmpty() ? JsonWebTokens.USUAL_ALGORITHMS : algorithms),
                leeway,
                source.get(),
                headers,
                passes));
    }

    private static int leeway(String text) {
        Duration leeway = Values.duration(text);
        if (leeway.toSeconds() > JsonWebTokens.MAX_LEEWAY_SECONDS) {
            throw new IllegalArgumentException("expected: a duration of at most 5m");
        }
        return (int) leeway.toSeconds();
    }

    private Map<String, String> claimHeaders(Map<String, ConfigValue> written) {
        Map<String, String> headers = new HashMap<>();
        written.forEach((name, claim) -> fields.parse(claim.getName(), name, SchemeTranslation::identity)
                .ifPresent(header -> headers.put(header, claim.getValue())));
        return headers;
    }

    private static String identity(String text) {
        String name = HeaderRules.name(text);
        if (HeaderRegistry.of(name).is(FieldRule.CREDENTIAL)) {
            throw new IllegalArgumentException("expected: a field that holds no credentials");
        }
        return name;
    }

    /** Rejects identity headers that are the credential of a scheme. */
    void checkApart(Map<String, SchemeSection> sections, Collection<Scheme> schemes) {
        for (Scheme scheme : schemes) {
            for (Scheme other : schemes) {
                for (String header : other.identityHeaders()) {
                    if (FieldName.isSame(scheme.header(), header)) {
                        findings.problem(
                                requireNonNull(sections.get(other.name())).itself(),
                                "an identity header that holds the credential of " + scheme.name()
                                        + " (expected: another)");
                    }
                }
            }
        }
    }
}

package dev.clew.config.tenant;

import dev.clew.access.AddressRules;
import dev.clew.access.ApiKeys;
import dev.clew.access.Requirement;
import dev.clew.access.RouteAccess;
import dev.clew.access.Scheme;
import dev.clew.access.TenantAccess;
import dev.clew.config.tenant.AuthenticationSection.ClaimSection;
import dev.clew.config.tenant.AuthenticationSection.RouteAuthenticationSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.PemFiles;
import dev.clew.network.Cidr;
import dev.clew.network.Networks;
import dev.clew.tenant.tracing.TracingPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Translates a tenant's address rules and authentication sections. */
final class AccessTranslation {

    private static final String NO_SCHEME = "none";

    private final Findings findings;
    private final Fields fields;
    private final Set<String> written;
    private final Map<String, Scheme> schemes = new LinkedHashMap<>();
    private final List<Scheme> standard;
    private final AddressRules addresses;

    AccessTranslation(Findings findings, PemFiles files, TenantFile file, TracingPolicy tracing) {
        this.findings = findings;
        this.fields = new Fields(findings);
        this.written = file.authentication().schemes().keySet();
        SchemeTranslation translation = new SchemeTranslation(findings, fields, files, tracing.content());
        file.authentication().schemes().forEach((name, section) -> {
            if (name.equals(NO_SCHEME)) {
                findings.problem(section.itself(), "\"none\" (expected: another name; this one means no scheme)");
            }
            translation.scheme(name, section).ifPresent(scheme -> schemes.put(name, scheme));
            if (!schemes.containsKey(name) && findings.areTolerable()) {
                // A route that requires a missing scheme would be open to all.
                throw new IllegalStateException("scheme " + name + " was dropped without a problem");
            }
        });
        translation.checkApart(file.authentication().schemes(), schemes.values());
        this.standard = anyOf(file.authentication().required(), List.of());
        this.addresses = addresses(file.networks());
    }

    TenantAccess tenant() {
        return new TenantAccess(addresses, List.copyOf(schemes.values()));
    }

    RouteAccess route(RouteSection section) {
        return new RouteAccess(addresses(section.networks()), requirement(section.authentication()), schemes.values());
    }

    private AddressRules addresses(NetworkSection section) {
        return new AddressRules(
                new Networks(fields.readAll(section.allow(), Cidr::parse)),
                new Networks(fields.readAll(section.deny(), Cidr::parse)));
    }

    private Requirement requirement(RouteAuthenticationSection section) {
        int before = findings.rejections();
        List<Scheme> anyOf = anyOf(section.required(), standard);
        Set<String> scopes = new HashSet<>(fields.readAll(section.scopes(), AccessTranslation::scope));
        Map<String, String> claims = claims(section.claims());
        if (findings.rejections() > before
                || schemes.size() < written.size()
                || (scopes.isEmpty() && claims.isEmpty())) {
            return new Requirement(anyOf, Set.of(), Map.of());
        }
        if (anyOf.isEmpty() || anyOf.stream().anyMatch(ApiKeys.class::isInstance)) {
            findings.problem(
                    section.itself(), "scopes or claims of callers without tokens (expected: schemes with jwt alone)");
            return Requirement.NONE;
        }
        return new Requirement(anyOf, scopes, claims);
    }

    private List<Scheme> anyOf(List<Item> names, List<Scheme> otherwise) {
        if (names.isEmpty()) {
            return otherwise;
        }
        if (names.size() == 1 && NO_SCHEME.equals(names.get(0).itself().getValue())) {
            return List.of();
        }
        return fields.readAll(names, this::known).stream()
                .distinct()
                .filter(schemes::containsKey)
                .map(schemes::get)
                .toList();
    }

    private String known(String name) {
        if (!written.contains(name)) {
            throw new IllegalArgumentException("expected: one of authentication.schemes");
        }
        return name;
    }

    /** A scope: RFC 6749 section 3.3. */
    private static String scope(String text) {
        if (!text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("expected: a scope, without spaces");
        }
        return text;
    }

    private Map<String, String> claims(List<ClaimSection> sections) {
        Map<String, String> claims = new HashMap<>();
        for (ClaimSection section : sections) {
            Optional<String> name = fields.require(section.name(), Function.identity());
            Optional<String> value = fields.require(section.value(), Function.identity());
            if (name.isPresent() && value.isPresent() && claims.put(name.get(), value.get()) != null) {
                findings.problem(section.name(), "again (expected: each claim once)");
            }
        }
        return claims;
    }
}

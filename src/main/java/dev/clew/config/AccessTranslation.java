package dev.clew.config;

import dev.clew.access.AddressRules;
import dev.clew.access.ApiKeys;
import dev.clew.access.Requirement;
import dev.clew.access.RouteAccess;
import dev.clew.access.Scheme;
import dev.clew.access.TenantAccess;
import dev.clew.config.AuthenticationSettings.ClaimSettings;
import dev.clew.config.AuthenticationSettings.RouteAuthenticationSettings;
import dev.clew.network.Cidr;
import dev.clew.network.Networks;
import dev.clew.tenant.TracingPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes of one tenant's file who may reach the tenant and each of its routes. */
final class AccessTranslation {

    private static final String KEY = "authentication";
    private static final String SCHEMES_KEY = Keys.child(KEY, "schemes");
    private static final String NOBODY = "none";

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
        file.authentication().schemes().forEach((name, settings) -> {
            String key = Keys.child(SCHEMES_KEY, name);
            if (name.equals(NOBODY)) {
                findings.problem(key, "\"none\" (expected: another name, for this one stands for no scheme)");
            }
            translation.scheme(key, name, settings).ifPresent(scheme -> schemes.put(name, scheme));
            if (!schemes.containsKey(name) && findings.areTolerable()) {
                // A route that asks for what is not there would be open to anybody.
                throw new IllegalStateException("scheme " + name + " was left out and nothing said");
            }
        });
        translation.checkApart(SCHEMES_KEY, schemes.values());
        this.standard = anyOf(Keys.child(KEY, "required"), file.authentication().required(), List.of());
        this.addresses = addresses("networks", file.networks());
    }

    TenantAccess tenant() {
        return new TenantAccess(addresses, List.copyOf(schemes.values()));
    }

    RouteAccess route(String key, RouteSettings settings) {
        return new RouteAccess(
                addresses(Keys.child(key, "networks"), settings.networks()),
                requirement(Keys.child(key, KEY), settings.authentication()),
                schemes.values());
    }

    private AddressRules addresses(String key, NetworkSettings settings) {
        return new AddressRules(
                new Networks(fields.readAll(Keys.child(key, "allow"), settings.allow(), Cidr::parse)),
                new Networks(fields.readAll(Keys.child(key, "deny"), settings.deny(), Cidr::parse)));
    }

    private Requirement requirement(String key, RouteAuthenticationSettings settings) {
        int before = findings.refusals();
        List<Scheme> anyOf = anyOf(Keys.child(key, "required"), settings.required(), standard);
        Set<String> scopes =
                new HashSet<>(fields.readAll(Keys.child(key, "scopes"), settings.scopes(), AccessTranslation::scope));
        Map<String, String> claims = claims(Keys.child(key, "claims"), settings.claims());
        if (findings.refusals() > before || schemes.size() < written.size() || (scopes.isEmpty() && claims.isEmpty())) {
            return new Requirement(anyOf, Set.of(), Map.of());
        }
        if (anyOf.isEmpty() || anyOf.stream().anyMatch(ApiKeys.class::isInstance)) {
            findings.problem(key, "scopes or claims of callers without tokens (expected: schemes with jwt alone)");
            return Requirement.NONE;
        }
        return new Requirement(anyOf, scopes, claims);
    }

    private List<Scheme> anyOf(String key, Optional<List<String>> names, List<Scheme> otherwise) {
        if (names.isEmpty() || names.get().equals(List.of(NOBODY))) {
            return names.isEmpty() ? otherwise : List.of();
        }
        return fields.readAll(key, names, this::known).stream()
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

    /** RFC 6749 section 3.3. */
    private static String scope(String text) {
        if (!text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("expected: a scope, without spaces");
        }
        return text;
    }

    private Map<String, String> claims(String key, List<ClaimSettings> settings) {
        Map<String, String> claims = new HashMap<>();
        List<Integer> places = findings.places(key);
        for (int i = 0; i < settings.size(); i++) {
            String place = Keys.item(key, places.get(i));
            Optional<String> name =
                    fields.require(Keys.child(place, "name"), settings.get(i).name(), Function.identity());
            Optional<String> value =
                    fields.require(Keys.child(place, "value"), settings.get(i).value(), Function.identity());
            if (name.isPresent() && value.isPresent() && claims.put(name.get(), value.get()) != null) {
                findings.problem(Keys.child(place, "name"), "again (expected: each claim once)");
            }
        }
        return claims;
    }
}

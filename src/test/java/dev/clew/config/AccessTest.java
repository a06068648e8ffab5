package dev.clew.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.access.JsonWebTokens;
import dev.clew.access.KeySource.Fetched;
import dev.clew.access.Scheme;
import dev.clew.tenant.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access rules of a tenant's file, and the messages for invalid ones. */
class AccessTest {

    private static final String DIGEST = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String FILE =
            """
            hosts: [a.test]
            networks: {deny: [192.0.2.0/24]}
            authentication:
              required: [users]
              schemes:
                users: {jwt: {issuer: i, audiences: [a], key-set: {url: "https://i.test/keys"}}}
                partners: {api-keys: {keys: {initech: "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}}}
            upstreams: {a: {endpoints: ["http://a"]}}
            routes:
              - {name: all, match: {path: /**}, upstream: a}
              - {name: open, match: {path: /open}, upstream: a, authentication: {required: [none]}}
              - {name: read, match: {path: /read}, upstream: a, authentication: {scopes: [read], claims: [{name: n, value: v}]}}
              - {name: both, match: {path: /both}, upstream: a, authentication: {required: [partners, users]}}
            """;

    private static final String OWN_HEADER = FILE.replace("{api-keys: {keys:", "{api-keys: {header: x-key, keys:");

    private static Tenant tenant() {
        assertEquals(List.of(), TenantFiles.problems(FILE));
        return TenantFiles.read(FILE).orElseThrow().entry().tenant();
    }

    private static List<String> required(Tenant tenant, int route) {
        return tenant.routes().get(route).access().requirement().anyOf().stream()
                .map(Scheme::name)
                .toList();
    }

    @Test
    void aRouteAsksForWhatTheTenantDoesUnlessItSaysOtherwise() {
        Tenant tenant = tenant();

        assertEquals(List.of("users"), required(tenant, 0));
        assertEquals(List.of(), required(tenant, 1));
        assertEquals(List.of("users"), required(tenant, 2));
        assertEquals(List.of("partners", "users"), required(tenant, 3));
        assertEquals(
                Set.of("read"), tenant.routes().get(2).access().requirement().scopes());
        assertEquals(
                Map.of("n", "v"), tenant.routes().get(2).access().requirement().claims());
    }

    @Test
    void whatIsLeftOutIsAsTheReferenceSays() {
        JsonWebTokens users = (JsonWebTokens)
                tenant().routes().get(0).access().requirement().anyOf().get(0);
        Fetched keys = (Fetched) users.keys();

        assertEquals(Set.of("RS256", "ES256"), users.algorithms());
        assertEquals(30, users.leewaySeconds());
        assertTrue(users.passes());
        assertEquals(Duration.ofMinutes(5), keys.refresh());
        assertEquals(Duration.ofHours(24), keys.keep());
        assertEquals(Duration.ofSeconds(10), keys.coolDown());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
            required: [partners, users]   | required: [partners, user]    | routes[3].authentication.required[1]: "user" (expected: one of authentication.schemes)
            issuer: i,                    |                               | authentication.schemes.users.jwt.issuer: missing (expected: a value)
            audiences: [a],               |                               | authentication.schemes.users.jwt.audiences: missing (expected: a list with at least one audience)
            issuer: i,                    | issuer: i, algorithms: [HS256], | authentication.schemes.users.jwt.algorithms[0]: "HS256" (expected: one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA)
            issuer: i,                    | issuer: i, leeway: 6m,        | authentication.schemes.users.jwt.leeway: "6m" (expected: a duration of at most 5m)
            issuer: i,                    | issuer: i, identity-headers: {authorization: sub}, | authentication.schemes.users.jwt.identity-headers.authorization: "authorization" (expected: a field that holds no credentials)
            issuer: i,                    | issuer: i, identity-headers: {host: sub}, |\
             authentication.schemes.users.jwt.identity-headers.host: "host"\
             (expected: a field that is neither about the connection nor set by the gateway)
            issuer: i,                    | issuer: i, identity-headers: {x_api_key: sub}, |\
             authentication.schemes.users.jwt.identity-headers.x_api_key: "x_api_key"\
             (expected: a field that holds no credentials)
            url: "https://i.test/keys"    | url: "https://u:p@i.test"     | authentication.schemes.users.jwt.key-set.url: "…@i.test" (expected: an http or https URL without user and fragment)
            url: "https://i.test/keys"    | url: "ftp://i.test"           | authentication.schemes.users.jwt.key-set.url: "ftp://i.test" (expected: an http or https URL without user and fragment)
            url: "https://i.test/keys"    | file: no.json                 | authentication.schemes.users.jwt.key-set.file: "no.json" (expected: a file that can be read)
            url: "https://i.test/keys"    | url: "https://i.test", file: a.json | authentication.schemes.users.jwt.key-set: both or neither of url and file (expected: one of the two)
            url: "https://i.test/keys"    | refresh: 1m                   | authentication.schemes.users.jwt.key-set: both or neither of url and file (expected: one of the two)
            {api-keys: {keys:             | {api-keys: {header: te, keys: |\
             authentication.schemes.partners.api-keys.header: "te"\
             (expected: a field that is neither about the connection nor set by the gateway)
            deny: [192.0.2.0/24]          | deny: [192.0.2.1/24]          | networks.deny[0]: "192.0.2.1/24" (expected: no address bits set after the first 24)
            scopes: [read]                | scopes: ["a b"]               | routes[2].authentication.scopes[0]: "a b" (expected: a scope, without spaces)
            scopes: [read]                | scopes: [""]                  | routes[2].authentication.scopes[0]: empty (expected: a single value)
            scopes: [read]                | required: [partners], scopes: [read] | routes[2].authentication: scopes or claims of callers without tokens (expected: schemes with jwt alone)
            scopes: [read]                | required: [none], scopes: [read] | routes[2].authentication: scopes or claims of callers without tokens (expected: schemes with jwt alone)
            """)
    void saysWhatIsWrong(String written, String instead, String problem) {
        assertTrue(FILE.contains(written), written);
        List<String> problems = TenantFiles.problems(FILE.replace(written, instead == null ? "" : instead));

        assertEquals(
                List.of(problem),
                problems.stream()
                        .map(found -> found.substring(found.indexOf(": ") + 2))
                        .toList());
    }

    @Test
    void doesNotShowWhatStandsInPlaceOfADigest() {
        List<String> problems = TenantFiles.problems(FILE.replace(DIGEST, "the key itself"));

        assertEquals(1, problems.size());
        assertTrue(
                problems.get(0)
                        .endsWith("partners.api-keys.keys.initech: not shown (expected: sha256: and 64 "
                                + "hexadecimal digits)"),
                problems.get(0));
        assertFalse(problems.get(0).contains("itself"));
    }

    @Test
    void noKeyMayStandInAFieldThatSpansTell() {
        String file = OWN_HEADER.replace("networks:", "tracing: {capture-headers: {request: [X_Key]}}\nnetworks:");

        assertTrue(TenantFiles.problems(file).get(0).contains("partners.api-keys.header: recorded in spans"));
    }

    @Test
    void noFieldTellsWhoACallerIsAndHoldsTheCredentialOfAnother() {
        String file = OWN_HEADER.replace("issuer: i,", "issuer: i, identity-headers: {X_Key: sub},");

        assertTrue(
                TenantFiles.problems(file).get(0).contains("an identity header that holds the credential of partners"));
    }
}

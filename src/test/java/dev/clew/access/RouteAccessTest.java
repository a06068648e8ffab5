package dev.clew.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.testing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields removed at the gateway, and digests of keys. */
class RouteAccessTest {

    private static final ApiKeys PARTNERS =
            new ApiKeys("partners", "x-api-key", Map.of(Digest.of("key"), "initech"), "x-partner", false);

    private static JsonWebTokens users(boolean passes) {
        return new JsonWebTokens(
                "users",
                "i",
                Set.of("a"),
                Set.of("ES256"),
                0,
                new KeySource.Held(KeySet.parse(Tokens.keySet(Tokens.ec("e")))),
                Map.of("x-user", "sub"),
                passes);
    }

    private static RouteAccess route(List<Scheme> required, Scheme... all) {
        return new RouteAccess(AddressRules.NONE, new Requirement(required, Set.of(), Map.of()), List.of(all));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-user", "X-User", "x_user", "X_USER", "x-partner", "x-api-key", "X_Api_Key"})
    void identityHeadersAreRemovedOnOpenRoutesToo(String name) {
        RouteAccess open = route(List.of(), users(true), PARTNERS);

        assertTrue(open.removed(null).contains(name));
        assertFalse(open.removed(null).contains(name + "x"));
        assertFalse(open.removed(null).contains("authorization"));
    }

    @Test
    void tokensAreForwardedOnlyIfVerifiedAndPermitted() {
        Identity partner = new Identity(PARTNERS, Claims.NONE, Map.of());
        for (boolean passes : new boolean[] {true, false}) {
            JsonWebTokens users = users(passes);
            RouteAccess either = route(List.of(users, PARTNERS), users, PARTNERS);
            Identity user = new Identity(users, Claims.NONE, Map.of());

            assertEquals(!passes, either.removed(user).contains("Authorization"));
            assertTrue(either.removed(partner).contains("Authorization"));
        }
        assertFalse(route(List.of(PARTNERS), PARTNERS).removed(partner).contains("Authorization"));
    }

    @Test
    void keysAreIdentifiedByTheirDigestAlone() {
        assertEquals(Map.of("x-partner", "initech"), PARTNERS.identify("key").fields());
        assertEquals(null, PARTNERS.identify("Key"));
        assertEquals(null, PARTNERS.identify(""));
        assertEquals(
                Digest.of("abc"),
                // FIPS 180-4's own example.
                Digest.parse("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "sha256:00", "ba7816bf", "sha256:g"})
    void rejectsMalformedDigestsWithoutRepeatingThem(String text) {
        String padded = text.endsWith("g") ? text + "0".repeat(63) : text;
        IllegalArgumentException rejection = assertThrows(IllegalArgumentException.class, () -> Digest.parse(padded));

        assertEquals("expected: sha256: and 64 hexadecimal digits", rejection.getMessage());
    }

    @Test
    void showsNothingOfCredentialsWhenPrinted() {
        assertEquals("digest", Digest.of("key").toString());
        assertEquals("claims", Claims.NONE.toString());
    }
}

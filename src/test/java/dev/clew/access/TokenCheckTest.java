package dev.clew.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.clew.access.TokenCheck.Outcome;
import dev.clew.testing.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** Token verification (RFC 7519 section 7.2), and the attacks that RFC 8725 section 2 describes. */
class TokenCheckTest {

    private static final Tokens RSA = Tokens.rsa("r");
    private static final Tokens EC = Tokens.ec("e");
    private static final KeySet KEYS = KeySet.parse(Tokens.keySet(RSA, EC));
    private static final long NOW = 1_800_000_000L;
    private static final int LEEWAY = 30;

    private static final TokenCheck CHECK = check(Set.of("RS256", "ES256", "PS256"));

    private static TokenCheck check(Set<String> algorithms) {
        return new TokenCheck(new JsonWebTokens(
                "users",
                "https://issuer.test",
                Set.of("shop", "stock"),
                algorithms,
                LEEWAY,
                new KeySource.Held(KEYS),
                Map.of("x-user", "sub", "x-groups", "groups", "x-odd", "odd", "x-none", "none"),
                true));
    }

    private static Map<String, Object> claims() {
        return new HashMap<>(Map.of("iss", "https://issuer.test", "aud", "shop", "sub", "ada", "exp", NOW + 60));
    }

    private static Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        return claims;
    }

    private static Map<String, Object> without(String claim) {
        Map<String, Object> claims = claims();
        claims.remove(claim);
        return claims;
    }

    private static Outcome outcome(String token) {
        return CHECK.check(token, KEYS, NOW);
    }

    private static void assertAccepted(String token) {
        assertInstanceOf(Outcome.Accepted.class, outcome(token));
    }

    private static void assertRejected(String reason, String token) {
        assertEquals(new Outcome.Rejected(reason), outcome(token));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void acceptsWhatTheIssuerSignedWithAnyOfItsKeys() {
        assertAccepted(RSA.sign(claims()));
        assertAccepted(RSA.sign(claims(), "PS256", "r"));
        assertAccepted(EC.sign(claims()));
        assertAccepted(EC.sign(with("aud", List.of("elsewhere", "stock"))));
        assertAccepted(EC.sign(claims(), "ES256", null));
    }

    @Test
    void passesClaimsThatFitIntoAHeaderFieldToUpstreams() {
        Map<String, Object> claims = with("groups", List.of("a,b", "c"));
        claims.put("odd", "é\r\nx-admin: 100%");
        Outcome.Accepted accepted = assertInstanceOf(Outcome.Accepted.class, outcome(EC.sign(claims)));

        assertEquals(
                Map.of("x-user", "ada", "x-groups", "a%2Cb,c", "x-odd", "%C3%A9%0D%0Ax-admin: 100%25"),
                accepted.identity().fields());
        assertEquals(NOW + 60 + LEEWAY, accepted.untilSeconds());
    }

    @Test
    void rejectsUnsignedTokens() {
        for (String algorithm : List.of("none", "None", "NONE", "")) {
            String head = encoded("{\"alg\":\"" + algorithm + "\"}");
            String payload = EC.sign(claims()).split("\\.", -1)[1];
            assertInstanceOf(Outcome.Rejected.class, outcome(head + "." + payload + "."));
            assertInstanceOf(Outcome.Rejected.class, outcome(head + "." + payload + ".AAAA"));
        }
    }

    /** Algorithm confusion, RFC 8725 section 2.1: the public key as a shared secret. */
    @Test
    void rejectsATokenSignedWithThePublicKey() throws JoseException {
        for (byte[] secret : List.of(
                RSA.key().getPublicKey().getEncoded(),
                Base64.getMimeEncoder().encode(RSA.key().getPublicKey().getEncoded()))) {
            JsonWebSignature forged = new JsonWebSignature();
            forged.setPayload("{\"iss\":\"https://issuer.test\",\"aud\":\"shop\",\"exp\":" + (NOW + 60) + "}");
            forged.setAlgorithmHeaderValue("HS256");
            forged.setKeyIdHeaderValue("r");
            forged.setKey(new HmacKey(secret));

            assertRejected("the token's algorithm is not allowed", forged.getCompactSerialization());
        }
    }

    @Test
    void rejectsAnAlgorithmThatTheSchemeDoesNotList() {
        assertEquals(
                new Outcome.Rejected("the token's algorithm is not allowed"),
                check(Set.of("ES256")).check(RSA.sign(claims()), KEYS, NOW));
    }

    @Test
    void acceptsEdDsaWhereItIsListed() {
        Tokens ed = Tokens.ed("d");
        KeySet keys = KeySet.parse(Tokens.keySet(RSA, ed));
        TokenCheck check = check(Set.of("EdDSA"));

        assertInstanceOf(Outcome.Accepted.class, check.check(ed.sign(claims()), keys, NOW));
        assertEquals(
                new Outcome.Rejected("the token's signature is invalid"),
                check.check(Tokens.ed("d").sign(claims()), keys, NOW));
        assertEquals(
                new Outcome.Rejected("the token's algorithm is not allowed"),
                CHECK.check(ed.sign(claims()), keys, NOW));
    }

    @Test
    void takesNoKeyOfAnotherKind() {
        String token = EC.sign(claims(), "ES256", "r");

        assertInstanceOf(Outcome.UnknownKey.class, outcome(token));
    }

    /** RFC 8725 section 3.10: a key within the token, and critical header parameters. */
    @Test
    void takesNoKeyFromTheTokenItself() throws JoseException {
        Tokens own = Tokens.ec("e");
        JsonWebSignature forged = new JsonWebSignature();
        forged.setPayload("{}");
        forged.setAlgorithmHeaderValue("ES256");
        forged.setKeyIdHeaderValue("e");
        forged.getHeaders().setJwkHeaderValue("jwk", own.key());
        forged.setKey(own.key().getPrivateKey());
        assertRejected("the token's signature is invalid", forged.getCompactSerialization());

        JsonWebSignature critical = new JsonWebSignature();
        critical.setPayload("{}");
        critical.setAlgorithmHeaderValue("ES256");
        critical.setKeyIdHeaderValue("e");
        critical.setHeader("crit", List.of("new"));
        critical.setHeader("new", "x");
        critical.setKey(EC.key().getPrivateKey());
        assertInstanceOf(Outcome.Rejected.class, outcome(critical.getCompactSerialization()));
    }

    @Test
    void unknownKeyIsReportedOnlyForAnUnknownKeyId() {
        assertInstanceOf(Outcome.UnknownKey.class, outcome(Tokens.ec("f").sign(claims())));
        assertRejected("the token's signature is invalid", Tokens.ec("e").sign(claims()));
    }

    @Test
    void aTokenThatNamesNoKeyIsCheckedWithTheOnlyOneThereIs() {
        KeySet two = KeySet.parse(Tokens.keySet(EC, Tokens.ec("f")));

        assertInstanceOf(Outcome.UnknownKey.class, CHECK.check(EC.sign(claims(), "ES256", null), two, NOW));
    }

    @Test
    void holdsWithinItsTimesAndTheLeeway() {
        assertAccepted(EC.sign(with("exp", NOW - LEEWAY + 1)));
        assertRejected("the token has expired", EC.sign(with("exp", NOW - LEEWAY)));
        assertAccepted(EC.sign(with("exp", NOW + 0.5)));
        assertAccepted(EC.sign(with("nbf", NOW + LEEWAY)));
        assertRejected("the token is not valid yet", EC.sign(with("nbf", NOW + LEEWAY + 1)));
        assertAccepted(EC.sign(with("exp", Long.MAX_VALUE)));
        for (Object time : new Object[] {"soon", true, List.of(1)}) {
            assertRejected("the token's times are missing or malformed", EC.sign(with("exp", time)));
            assertRejected("the token's times are missing or malformed", EC.sign(with("nbf", time)));
        }
        assertRejected("the token's times are missing or malformed", EC.sign(without("exp")));
    }

    @Test
    void isForTheRightAudienceByTheRightIssuer() {
        for (Object audience : List.of("Shop", "", List.of(), List.of("elsewhere"), 1, Map.of("shop", "shop"))) {
            assertRejected("the token is for another audience", EC.sign(with("aud", audience)));
        }
        assertRejected("the token is for another audience", EC.sign(without("aud")));
        for (Object issuer : List.of("https://issuer.test/", List.of("https://issuer.test"), 1)) {
            assertRejected("the token has another issuer", EC.sign(with("iss", issuer)));
        }
        assertRejected("the token has another issuer", EC.sign(without("iss")));
    }

    @Test
    void malformedTokensOfAllKindsAreRejectedAndNothingElse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String valid = EC.sign(claims());
        for (int i = 0; i < 2_000; i++) {
            StringBuilder token = new StringBuilder(valid);
            int changes = 1 + random.nextInt(4);
            for (int change = 0; change < changes && !token.isEmpty(); change++) {
                int at = random.nextInt(token.length());
                switch (random.nextInt(5)) {
                    case 0 -> token.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> token.deleteCharAt(at);
                    case 2 -> token.insert(at, '.');
                    case 3 -> token.insert(at, (char) random.nextInt(256));
                    default -> token.setLength(at);
                }
            }
            String changed = token.toString();
            Outcome outcome = outcome(changed);
            assertNotNull(outcome, () -> "seed " + seed + ": " + changed);
            // Some bits of base64's last character are ignored: the same signature has several spellings.
            boolean sameContent = changed.startsWith(valid.substring(0, valid.length() - 1));
            if (!sameContent) {
                assertFalse(outcome instanceof Outcome.Accepted, () -> "seed " + seed + ": " + changed);
            }
        }
        for (String spelling : List.of(valid + "=", valid + "\n", valid.replaceFirst("\\.", ". "), " " + valid)) {
            assertRejected("not a signed JWT", spelling);
        }
        String number = "{\"alg\":\"ES256\",\"kid\":\"e\",\"n\":" + "1".repeat(4_000) + "}";
        assertRejected("not a signed JWT", encoded(number) + ".e30.AAAA");
        String deep = "[".repeat(2_500);
        for (String head : List.of(deep, "{\"alg\":" + deep, "{\"alg\":1}", "[]", "null", "{\"alg\":null}", "{")) {
            assertInstanceOf(Outcome.Rejected.class, outcome(encoded(head) + ".e30.AAAA"), head);
        }
        for (String text : List.of("", ".", "..", "...", "....", "a.b.c", "a.b.c.d.e", "\u0000", "é")) {
            assertInstanceOf(Outcome.Rejected.class, outcome(text), text);
        }
    }
}

package dev.clew.trace.force;

import static dev.clew.testing.ForceTokens.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForcedTracingTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_SECRET = "fedcba9876543210fedcba9876543210";
    private static final long NOW = 1_900_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final ForcedTracing forced = ForcedTracing.perMinute(3);

    private boolean admits(String tenant, String token, long nowNanos) {
        return forced.admits(List.of(token), tenant, NOW, nowNanos);
    }

    private void useKey(String secret) {
        forced.use(ForceKey.of(secret.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void admitsSoManyRequestsOfATenantInAMinute() {
        useKey(SECRET);
        String any = token("*", NOW, SECRET);
        for (int i = 0; i < 3; i++) {
            assertTrue(admits("acme", any, 0));
        }
        assertFalse(admits("acme", any, 0));
        assertFalse(admits("acme", any, 19 * SECOND));
        assertTrue(admits("acme", any, 20 * SECOND));

        assertEquals(4, forced.count(ForceOutcome.ACCEPTED));
        assertEquals(2, forced.count(ForceOutcome.RATE_LIMITED));
    }

    @Test
    void takesNoTenantsShareForAnothersUse() {
        useKey(SECRET);
        String any = token("*", NOW, SECRET);
        for (int i = 0; i < 10; i++) {
            admits("acme", any, 0);
        }
        assertTrue(admits("globex", any, 0));
        for (int i = 0; i < 3; i++) {
            assertTrue(admits(null, any, 0), "unknown hosts have a share of their own");
        }
        assertFalse(admits(null, any, 0));
    }

    @Test
    void takesNothingOfTheShareForTokensThatAreNotAccepted() {
        useKey(SECRET);
        for (int i = 0; i < 10; i++) {
            assertFalse(admits("acme", "v1.acme.1900000000.x", 0));
            assertFalse(admits("acme", token("globex", NOW, SECRET), 0));
            assertFalse(admits("acme", token("acme", NOW - 1, SECRET), 0));
        }
        for (int i = 0; i < 3; i++) {
            assertTrue(admits("acme", token("acme", NOW, SECRET), 0));
        }
        assertEquals(10, forced.count(ForceOutcome.INVALID));
        assertEquals(10, forced.count(ForceOutcome.FOREIGN_TENANT));
        assertEquals(10, forced.count(ForceOutcome.EXPIRED));
    }

    @Test
    void rejectsATokenThatIsSentTwice() {
        useKey(SECRET);
        String token = token("acme", NOW, SECRET);

        assertFalse(forced.admits(List.of(token, token), "acme", NOW, 0));
        assertEquals(1, forced.count(ForceOutcome.INVALID));
    }

    @Test
    void acceptsTheTokensOfTheKeyInUseAndNoOthers() {
        String token = token("acme", NOW, SECRET);
        assertFalse(admits("acme", token, 0));
        useKey(SECRET);
        assertTrue(admits("acme", token, 0));
        useKey(OTHER_SECRET);
        assertFalse(admits("acme", token, 0));
        assertTrue(admits("acme", token("acme", NOW, OTHER_SECRET), 0));
        forced.use(null);
        assertFalse(admits("acme", token, 0));

        assertEquals(2, forced.count(ForceOutcome.SWITCHED_OFF));
        assertEquals(1, forced.count(ForceOutcome.INVALID));
    }

    @Test
    void looksForNoTokenWhereNobodyAskedForIt() {
        assertTrue(forced.isEnabled());
        assertFalse(ForcedTracing.DISABLED.isEnabled());
    }
}

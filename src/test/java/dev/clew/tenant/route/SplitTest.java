package dev.clew.tenant.route;

import static dev.clew.testing.ExampleTenants.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.route.Facts;
import dev.clew.route.RequestFacts;
import dev.clew.tenant.upstream.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final int REQUESTS = 20_000;
    private static final Upstream A = upstream("a");
    private static final Upstream B = upstream("b");
    private static final Upstream C = upstream("c");
    private static final Stickiness BY_USER = new Stickiness.Header("x-user");

    @Test
    void dealsRequestsOutByWeight() {
        Split split = new Split(List.of(new Branch(A, 70), new Branch(B, 30), new Branch(C, 0)), Stickiness.NONE);
        Random random = new Random(1);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            counts.merge(split.choose(request(Map.of()), random).upstream().name(), 1, Integer::sum);
        }

        assertShare(0.7, counts.get("a"));
        assertShare(0.3, counts.get("b"));
        assertEquals(2, counts.size(), counts::toString);
    }

    @Test
    void keepsRequestsTogetherByWeightWhateverTheOrder() {
        Split split = new Split(List.of(new Branch(A, 7), new Branch(B, 2), new Branch(C, 1)), BY_USER);
        Split turned = new Split(List.of(new Branch(C, 1), new Branch(A, 7), new Branch(B, 2)), BY_USER);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            String chosen = choose(split, "user-" + i);
            assertEquals(chosen, choose(split, "user-" + i));
            assertEquals(chosen, choose(turned, "user-" + i));
            counts.merge(chosen, 1, Integer::sum);
        }

        assertShare(0.7, counts.get("a"));
        assertShare(0.2, counts.get("b"));
        assertShare(0.1, counts.get("c"));
    }

    @Test
    void movesOnlyThoseThatAGrownWeightDraws() {
        Split before = new Split(List.of(new Branch(A, 90), new Branch(B, 10), new Branch(C, 100)), BY_USER);
        Split after = new Split(List.of(new Branch(A, 90), new Branch(B, 20), new Branch(C, 100)), BY_USER);
        for (int i = 0; i < REQUESTS; i++) {
            String user = "user-" + i;
            String now = choose(after, user);
            assertTrue(now.equals("b") || now.equals(choose(before, user)), user);
        }
    }

    @Test
    void sendsNothingToWeightZero() {
        Split split = new Split(List.of(new Branch(A, 0), new Branch(B, 1)), BY_USER);
        for (int i = 0; i < 1_000; i++) {
            assertEquals("b", choose(split, "user-" + i));
        }
    }

    @Test
    void rejectsWhatCannotBeDealtOut() {
        assertThrows(IllegalArgumentException.class, () -> new Branch(A, -1));
        assertThrows(IllegalArgumentException.class, () -> new Split(List.of(), Stickiness.NONE));
        assertThrows(IllegalArgumentException.class, () -> new Split(List.of(new Branch(A, 0)), Stickiness.NONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Split(List.of(new Branch(A, 1), new Branch(A, 1)), Stickiness.NONE));
    }

    private static void assertShare(double expected, int count) {
        assertEquals(expected, (double) count / REQUESTS, 0.02);
    }

    private static String choose(Split split, String user) {
        return split.choose(request(Map.of("x-user", user)), new Random(1))
                .upstream()
                .name();
    }

    private static RequestFacts request(Map<String, String> headers) {
        return new Facts(headers, null);
    }
}

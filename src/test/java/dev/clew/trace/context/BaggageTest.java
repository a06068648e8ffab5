package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Baggage: its grammar and limits, and the members that the gateway forwards. */
class BaggageTest {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String VALUE = "[!#-+\\--:<-\\[\\]-~]*";
    private static final String MEMBER = TOKEN + "=" + VALUE + "(;" + TOKEN + "(=" + VALUE + ")?)*";

    private final Baggage baggage = new Baggage("acme", List.of("user", "tenant.id", "plan", "k"));

    @Test
    void isTheSameStringForEveryRequestWithoutBaggage() {
        assertEquals("tenant.id=acme", baggage.outbound(List.of()));
        assertSame(baggage.outbound(List.of()), baggage.outbound(List.of()));
        Baggage closed = new Baggage("acme", List.of());
        assertSame(closed.outbound(List.of()), closed.outbound(List.of("user=1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user=42                        | user=42",
                "other=1,user=42,another=2      | user=42",
                "user=42,plan=gold              | user=42,plan=gold",
                "plan=gold,user=42              | plan=gold,user=42",
                "user=1,user=2                  | user=1,user=2",
                "user =\t42 ; p = 1 ; q \t,plan= | user=42;p=1;q,plan=",
                "user=a=b==;p=c=d               | user=a=b==;p=c=d",
                "user=%41%C3%A9%                | user=%41%C3%A9%",
                "User=1,USER=1,user.=1          | ``",
                ",, ,user=42,,                  | user=42",
                "user=42;flag;p=%20             | user=42;flag;p=%20",
            })
    void passesAllowedMembersWithTheirProperties(String line, String passed) {
        assertEquals(passed.isEmpty() ? "tenant.id=acme" : "tenant.id=acme," + passed, baggage.outbound(List.of(line)));
    }

    @Test
    void combinesAllLinesInOrder() {
        assertEquals(
                "tenant.id=acme,user=1,plan=2,user=3", baggage.outbound(List.of("user=1", "plan=2,x=0", "user=3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant.id=evil", "tenant.id = evil", "user=1,tenant.id=evil;p", " tenant.id=evil"})
    void overwritesTheTenantsId(String line) {
        String outbound = baggage.outbound(List.of(line));

        assertTrue(outbound.startsWith("tenant.id=acme"), outbound);
        assertEquals(-1, outbound.indexOf("evil"), outbound);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user",
                "user;p=1",
                "=1",
                "us er=1",
                "user=a b",
                "user=\"a\"",
                "user=a\\b",
                "user=caf\u00e9",
                "user=\u0001",
                "user=\u007f",
                "user=1;",
                "user=1;;p",
                "user=1;=2",
                "user=1;p=a b",
                "user=1;p q",
                "user=1;p=\"",
                "\"user\"=1",
                "us\u0000er=1",
            })
    void leavesOutAMalformedMemberAlone(String member) {
        assertEquals("tenant.id=acme,k=1,plan=2", baggage.outbound(List.of("k=1," + member + ",plan=2")));
        assertEquals("tenant.id=acme,k=1", baggage.outbound(List.of(member, "k=1")));
    }

    @Test
    void acceptsAllCharactersThatTheGrammarAllows() {
        String key = "!#$%&'*+-.^_`|~09AZaz";
        String value = IntStream.rangeClosed(0x21, 0x7e)
                .filter(c -> "\",;\\".indexOf(c) < 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertEquals(
                "tenant.id=acme," + key + "=" + value + ";" + key + "=" + value,
                new Baggage("acme", List.of(key)).outbound(List.of(key + "=" + value + ";" + key + "=" + value)));
    }

    @Test
    void sends64MembersTheGatewaysOwnAmongThem() {
        String outbound = baggage.outbound(List.of("k=1,".repeat(62), "k=63,user=64,plan=65"));

        assertEquals(64, outbound.split(",", -1).length);
        assertTrue(outbound.endsWith(",k=1,k=63"), outbound);
    }

    @Test
    void doesNotCountMembersThatDoNotPass() {
        assertTrue(baggage.outbound(List.of("x=1,".repeat(1000) + "user=1")).endsWith(",user=1"));
    }

    @Test
    void sends8192BytesAndLeavesOutWholeMembersBeyond() {
        String fitting = "k=" + "v".repeat(8192 - "tenant.id=acme,k=".length());
        assertEquals(8192, baggage.outbound(List.of(fitting)).length());
        assertEquals("tenant.id=acme," + fitting, baggage.outbound(List.of(fitting + ",user=1")));
        assertEquals("tenant.id=acme,user=1", baggage.outbound(List.of(fitting + "v,user=1")));
        assertEquals("tenant.id=acme,user=1", baggage.outbound(List.of("k=1;" + "p".repeat(8192) + ",user=1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a=b", "a,b", "caf\u00e9", "\"a\""})
    void rejectsAKeyThatIsNoToken(String key) {
        var rejected = assertThrows(IllegalArgumentException.class, () -> new Baggage("acme", List.of("user", key)));

        assertEquals("baggage: " + key + " (expected: a token)", rejected.getMessage());
    }

    @Test
    void neverThrowsAndSendsOnlyWhatTheGrammarAllows() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Pattern list = Pattern.compile("tenant\\.id=acme(," + MEMBER + ")*");
        int passed = 0;
        for (int i = 0; i < 50_000; i++) {
            List<String> lines = new ArrayList<>();
            for (int line = random.nextInt(4); line > 0; line--) {
                lines.add(garbage(random));
            }
            String outbound = baggage.outbound(lines);
            assertTrue(list.matcher(outbound).matches(), () -> "seed " + seed + ": " + lines + " gave " + outbound);
            assertTrue(outbound.getBytes(StandardCharsets.UTF_8).length <= 8192, () -> "seed " + seed);
            assertTrue(outbound.split(",", -1).length <= 64, () -> "seed " + seed);
            passed += outbound.indexOf(',') > 0 ? 1 : 0;
        }
        assertTrue(passed > 1_000, "too few members passed: the property was not exercised");
    }

    private static String garbage(Random random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(200); pieces > 0; pieces--) {
            text.append(
                    switch (random.nextInt(12)) {
                        case 0 -> "user=";
                        case 1 -> "k=1";
                        case 2 -> "tenant.id=evil";
                        case 3, 4, 5 -> ",";
                        case 6 -> ";p";
                        case 7 -> " ";
                        case 8 -> "v".repeat(random.nextInt(300));
                        case 9 -> "=";
                        default -> Character.toString((char) random.nextInt(random.nextInt(10) == 0 ? 0x10000 : 0x80));
                    });
        }
        return text.toString();
    }
}

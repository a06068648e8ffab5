package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both headers, read by W3C Trace Context Level 2: many random ones, compared with the plain {@link Level2}. */
class Level2Test {
    private static final int ROUNDS = 20_000;
    private static final int ENOUGH = 50;
    private static final String KEY_CHARACTERS = "abz059_-*/@";
    private static final String VALUE_CHARACTERS = " !+-<>~aZ0;@";
    private static final String ALIEN = " \t,=@AZ_\0\u007f\u00e9\u0131;\"\n";
    private static final String HEX = "0123456789abcdef";

    /** The kinds of headers in a round; a kind that hardly occurs would remain untested. */
    private enum Kind {
        NEW_TRACE,
        NO_LIST,
        WHOLE_LIST,
        REPEATED_KEY_LEFT_OUT,
        TOO_MANY_MEMBERS,
        EXACTLY_32_MEMBERS,
        AT_SIGNS_OF_NO_TENANT,
        SPACES_BEFORE_A_VALUE,
        SEVERAL_LINES
    }

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<Kind, Integer> seen = new EnumMap<>(Kind.class);

    @Test
    void readsEveryHeaderAsTheTextSays() {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> parents = parents();
            List<String> states = states();
            String shown = "seed " + seed + ": " + parents + " " + states;
            String expected = Level2.traceParent(parents);
            String list = Level2.traceState(states);
            if (InboundTrace.read(parents, states) instanceof Inbound.Valid valid) {
                TraceContext context = valid.context();
                String sent = TraceParent.format(context.traceId(), context.parentSpanId(), context.flags());
                assertEquals(expected, sent, shown);
                assertEquals(list, context.traceState(), shown);
                count(states, list);
            } else {
                assertEquals(expected, null, shown);
                saw(Kind.NEW_TRACE);
            }
        }
        for (Kind kind : Kind.values()) {
            int times = seen.getOrDefault(kind, 0);
            assertTrue(times > ENOUGH, "seed " + seed + ": " + kind + " only " + times + " times");
        }
    }

    private void count(List<String> states, String list) {
        String all = String.join(",", states);
        long members = all.chars().filter(c -> c == '=').count();
        int sent = list.isEmpty() ? 0 : list.split(",").length;
        saw(sent == 0 ? Kind.NO_LIST : sent == members ? Kind.WHOLE_LIST : Kind.REPEATED_KEY_LEFT_OUT);
        if (sent == 0 && members > TraceState.MAX_MEMBERS) {
            saw(Kind.TOO_MANY_MEMBERS);
        }
        if (sent == TraceState.MAX_MEMBERS) {
            saw(Kind.EXACTLY_32_MEMBERS);
        }
        if (list.contains("@=") || list.contains("@@")) {
            saw(Kind.AT_SIGNS_OF_NO_TENANT);
        }
        if (list.contains("= ")) {
            saw(Kind.SPACES_BEFORE_A_VALUE);
        }
        if (sent > 0 && states.size() > 1) {
            saw(Kind.SEVERAL_LINES);
        }
    }

    private void saw(Kind kind) {
        seen.merge(kind, 1, Integer::sum);
    }

    /** Most often a single valid line, so that the accompanying list is read. */
    private List<String> parents() {
        String version = seldom() ? text(HEX, 2) : "00";
        String line = version + "-" + text(HEX, 32) + "-" + text(HEX, 16) + "-" + text(HEX, 2);
        if (seldom()) {
            line = line.replaceAll("-[0-9a-f]{" + (random.nextBoolean() ? 32 : 16) + "}-", "-" + "0".repeat(32) + "-");
        }
        if (seldom()) {
            line += random.nextBoolean() ? "-" + text(HEX, random.nextInt(3)) : text(HEX, 1);
        }
        String sent = space() + (seldom() ? damaged(line) : line) + space();
        return seldom() ? List.of(sent, sent) : List.of(sent);
    }

    private List<String> states() {
        List<String> members = new ArrayList<>();
        // The number is as often around the limit as below it.
        int count = random.nextBoolean() ? random.nextInt(6) : 30 + random.nextInt(5);
        List<String> keys = new ArrayList<>();
        while (keys.size() < count) {
            String key = seldom() && !keys.isEmpty() ? keys.get(random.nextInt(keys.size())) : key(keys.size());
            keys.add(key);
            members.add(space() + key + "=" + value() + space());
            if (seldom()) {
                members.add(space());
            }
        }
        List<String> lines = new ArrayList<>(List.of(""));
        for (String member : members) {
            int last = lines.size() - 1;
            if (seldom()) {
                lines.add(member);
            } else {
                lines.set(last, lines.get(last).isEmpty() ? member : lines.get(last) + "," + member);
            }
        }
        int hit = random.nextInt(lines.size());
        if (random.nextInt(4) == 0) {
            lines.set(hit, damaged(lines.get(hit)));
        }
        return lines;
    }

    /** @param number a number that makes the keys of most lists different; keys of one letter are repeated by chance */
    private String key(int number) {
        String start = text("az09", 1) + number;
        int length =
                switch (random.nextInt(60)) {
                    case 0 -> 256;
                    case 1 -> 257;
                    default -> start.length() + random.nextInt(5);
                };
        return start + text(KEY_CHARACTERS, length - start.length());
    }

    private String value() {
        int length = random.nextInt(60) == 0 ? 255 + random.nextInt(3) : 1 + random.nextInt(5);
        // Values that are blank or end with a blank are read differently; they are rare.
        return text(VALUE_CHARACTERS, length - 1) + (random.nextInt(100) == 0 ? " " : "x");
    }

    private String damaged(String sound) {
        StringBuilder line = new StringBuilder(sound);
        int at = random.nextInt(line.length() + 1);
        char alien = ALIEN.charAt(random.nextInt(ALIEN.length()));
        if (at == line.length() || random.nextBoolean()) {
            line.insert(at, alien);
        } else if (random.nextBoolean()) {
            line.setCharAt(at, alien);
        } else {
            line.deleteCharAt(at);
        }
        return line.toString();
    }

    private String space() {
        return seldom() ? text(" \t", 1 + random.nextInt(2)) : "";
    }

    private String text(String characters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private boolean seldom() {
        return random.nextInt(20) == 0;
    }
}

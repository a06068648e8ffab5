package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damages valid trace headers; each result is a context that parses to itself, or a declared rejection. */
class TraceContextFuzzTest {

    private static final int ROUNDS = 50_000;
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String STATE = "vendor=1,t@other=a b c,rojo=00f067aa0ba902b7";
    private static final String SPICE = "0123456789abcdefgAF-=,@ \t\0\u00e9/*_";

    @Test
    void whatIsAcceptedReadsAsItself() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<String> parents = damaged(PARENT, random);
            List<String> states = damaged(STATE, random);
            String shown = "seed " + seed + ": " + parents + " " + states;
            if (InboundTrace.read(parents, states) instanceof Inbound.Valid valid) {
                TraceContext context = valid.context();
                String written = TraceParent.format(context.traceId(), context.parentSpanId(), context.flags());
                List<String> state = context.traceState().isEmpty() ? List.of() : List.of(context.traceState());
                Inbound.Valid again =
                        assertInstanceOf(Inbound.Valid.class, InboundTrace.read(List.of(written), state), shown);
                assertEquals(context, again.context(), shown);
                accepted++;
            }
        }
        // Damage that never, or always, breaks a header would test nothing.
        assertTrue(accepted > ROUNDS / 100 && accepted < ROUNDS, "seed " + seed + ": accepted " + accepted);
    }

    /** Returns mostly one line, rarely two or none. */
    private static List<String> damaged(String sound, Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(20) == 0 ? random.nextInt(3) : 1; i > 0; i--) {
            StringBuilder line = new StringBuilder(sound);
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(line.length());
                switch (random.nextInt(3)) {
                    case 0 -> line.deleteCharAt(at);
                    case 1 -> line.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
                    default -> line.setCharAt(at, SPICE.charAt(random.nextInt(SPICE.length())));
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }
}

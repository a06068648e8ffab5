package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
    @Test
    void makesWellFormedIdsThatDiffer() {
        IdSource ids = new RandomIds();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String traceId = ids.traceId();
            String spanId = ids.spanId();
            assertTrue(traceId.length() == 32 && Hex.isId(traceId, 0, 32), traceId);
            assertTrue(spanId.length() == 16 && Hex.isId(spanId, 0, 16), spanId);
            assertTrue(seen.add(traceId) && seen.add(spanId), "a duplicate ID");
        }
    }

    @Test
    void setsEveryBitOfTheRandomPartHalfOfTheTime() {
        IdSource ids = new RandomIds();
        int[] set = new int[64];
        for (int i = 0; i < 10_000; i++) {
            long low = Hex.value(ids.traceId(), 16, 32);
            for (int bit = 0; bit < 64; bit++) {
                set[bit] += (int) (low >>> bit) & 1;
            }
        }
        for (int count : set) {
            // Eight standard deviations.
            assertTrue(Math.abs(count - 5_000) < 400, "a bit is not random");
        }
    }

    @Test
    void writesAndReadsHexAsTheLibraryDoes() {
        Random random = new Random(4);
        for (int i = 0; i < 1_000; i++) {
            long high = random.nextLong() >>> random.nextInt(64);
            long low = random.nextLong();
            String text = HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
            assertEquals(text, Hex.of(high, low));
            assertEquals(text.substring(16), Hex.of(low));
            assertEquals(low, Hex.value(text, 16, 32));
        }
    }

    @Test
    void rejectsContextsOfWrongLengthOrWithReservedFlags() {
        String id = "1".repeat(32);
        assertThrows(IllegalArgumentException.class, () -> new TraceContext("1", "", (byte) 0, ""));
        assertThrows(IllegalArgumentException.class, () -> new TraceContext(id, "1", (byte) 0, ""));
        assertThrows(IllegalArgumentException.class, () -> new TraceContext(id, "", (byte) 4, ""));
    }
}

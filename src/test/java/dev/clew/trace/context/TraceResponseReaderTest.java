package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceResponseReaderTest {

    private static final String SENT = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER = "0af7651916cd43dd8448eb211c80319c";
    private static final String TAIL = "-00f067aa0ba902b7-01";

    /** Placeholders: S the trace ID sent, O another trace ID, T a span ID and flags. */
    private static List<String> lines(String written) {
        return written == null
                ? List.of()
                : Arrays.stream(written.split("\\|", -1))
                        .map(line -> line.replace("S", SENT).replace("O", OTHER).replace("T", TAIL))
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "00-ST, CONTINUED",
                "00-S-00f067aa0ba902b7-00, CONTINUED",
                "01-ST-more, CONTINUED",
                "` \t00-ST `, CONTINUED",
                "00-OT, CONTRADICTED",
                "00-ST|00-OT, CONTINUED",
                "00-OT|00-ST, CONTRADICTED",
                "nonsense|00-ST, CONTINUED",
                "``, SILENT",
                "S, SILENT",
                "00-S, SILENT",
                "00-S--01, SILENT",
                "00-S-0000000000000000-01, SILENT",
                "00-00000000000000000000000000000000T, SILENT",
                "ff-ST, SILENT",
                "00-ST-more, SILENT",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736T, SILENT",
            })
    void readsTraceresponse(String written, TraceResponse expected) {
        assertEquals(expected, TraceResponseReader.read(lines(written), List.of(), SENT));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "trace;desc=S # CONTINUED",
                "trace;desc=\"S\" # CONTINUED",
                "trace;desc=00-ST # CONTINUED",
                "traceparent;desc=\"00-ST\" # CONTINUED",
                "traceparent;desc=00-ST # CONTINUED",
                "traceparent;desc=S # CONTINUED",
                "tRaCe; dEsC = S # CONTINUED",
                "`\ttrace ;\tdesc\t=\t\"S\"\t` # CONTINUED",
                "trace;dur=1.5;desc=S;x=y # CONTINUED",
                "db;dur=53, trace;desc=S, cache;desc=\"a, b; c\" # CONTINUED",
                "cache;desc=\"a, trace;desc=O\", trace;desc=S # CONTINUED",
                "cache;desc=\"a\\\", trace;desc=O\", trace;desc=S # CONTINUED",
                ",, trace;desc=S # CONTINUED",
                "db;dur=1|trace;desc=S # CONTINUED",
                "trace;desc=nonsense|trace;desc=S # CONTINUED",
                "trace;desc=S, trace;desc=O # CONTINUED",
                "trace;desc=O # CONTRADICTED",
                "traceparent;desc=\"00-OT\" # CONTRADICTED",
                "trace;desc=O, trace;desc=S # CONTRADICTED",
                "trace;desc=O;desc=S # CONTRADICTED",
                "`` # SILENT",
                "trace # SILENT",
                "trace; # SILENT",
                "trace;desc # SILENT",
                "trace;desc= # SILENT",
                "trace;desc=\" # SILENT",
                "trace;desc=\"\" # SILENT",
                "trace;desc=\"S # SILENT",
                "trace;desc=S\" # SILENT",
                "trace;desc=Sx # SILENT",
                "trace;desc=00000000000000000000000000000000 # SILENT",
                "trace;desc=4BF92F3577B34DA6A3CE929D0E0E4736 # SILENT",
                "trace;description=S # SILENT",
                "trace;x=desc=S # SILENT",
                "tracer;desc=S # SILENT",
                "x-trace;desc=S # SILENT",
                "S # SILENT",
                "desc=S # SILENT",
                "cache;desc=\"trace;desc=S\" # SILENT",
                ";;;,,,===\"\"\\ # SILENT",
            })
    void readsServerTiming(String written, TraceResponse expected) {
        assertEquals(expected, TraceResponseReader.read(List.of(), lines(written), SENT));
    }

    @ParameterizedTest
    @CsvSource({
        "00-ST, trace;desc=O, CONTINUED",
        "00-OT, trace;desc=S, CONTRADICTED",
        "nonsense, trace;desc=S, CONTINUED",
        "nonsense, trace;desc=O, CONTRADICTED",
        "nonsense, nonsense, SILENT",
        ", , SILENT",
    })
    void believesTraceresponseFirst(String traceresponse, String serverTiming, TraceResponse expected) {
        assertEquals(expected, TraceResponseReader.read(lines(traceresponse), lines(serverTiming), SENT));
    }

    @Test
    void makesSomethingOfAnything() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String parts = "trace;desc=\"00-" + SENT + TAIL + "\\, \té\0";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder line = new StringBuilder("trace;desc=" + SENT);
            for (int change = random.nextInt(12); change > 0; change--) {
                line.insert(random.nextInt(line.length() + 1), parts.charAt(random.nextInt(parts.length())));
                line.deleteCharAt(random.nextInt(line.length()));
            }
            List<String> lines = List.of(line.toString());
            assertNotNull(TraceResponseReader.read(lines, lines, SENT), () -> "seed " + seed + ": " + line);
        }
    }
}

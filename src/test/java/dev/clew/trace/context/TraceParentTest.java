package dev.clew.trace.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context Level 2, section 3.2, sentence by sentence. */
class TraceParentTest {
    private static final String TRACE = "12345678901234567890123456789012";
    private static final String PARENT = "1234567890123456";
    private static final String IDS = TRACE + "-" + PARENT;

    @Test
    void readsAllFieldsOfVersion00() {
        assertEquals(new TraceContext(TRACE, PARENT, (byte) 1, ""), valid("00-" + IDS + "-01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-%s-0", "00-%s", "00", "", "-", "00-%s-"})
    void rejectsFewerThan55Characters(String header) {
        assertEquals(Inbound.Reason.TOO_SHORT, reason(header.replace("%s", IDS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "fF", "0G", ".0", "0.", "0A", "AA", "0 "})
    void rejectsVersionsThatAreForbiddenOrNotLowerCaseHex(String version) {
        assertEquals(Inbound.Reason.VERSION, reason(version + "-" + IDS + "-01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000-%s-01", "0000-%s-01", "00.%s-01x"})
    void rejectsVersionsNotFollowedByDash(String header) {
        assertEquals(Inbound.Reason.VERSION, reason(header.replace("%s", IDS)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000000000000000000000",
                "1234567890123456789012345678901A",
                ".2345678901234567890123456789012",
                "1234567890123456789012345678901.",
                "123456789012345678901234567890123",
                "1234567890123456789012345678901-"
            })
    void rejectsTraceIdsThatAreZeroOrNotLowerCaseHexOrTooLong(String traceId) {
        assertEquals(Inbound.Reason.TRACE_ID, reason("00-" + traceId + "-" + PARENT + "-01"));
        assertEquals(Inbound.Reason.TRACE_ID, reason("cc-" + traceId + "-" + PARENT + "-01"));
    }

    @Test
    void rejectsTraceIdsThatAreTooShort() {
        assertEquals(Inbound.Reason.TOO_SHORT, reason("00-" + TRACE.substring(1) + "-" + PARENT + "-01"));
        assertEquals(Inbound.Reason.TRACE_ID, reason("cc-" + TRACE.substring(1) + "-" + PARENT + "-01-future"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000",
                "123456789012345A",
                ".234567890123456",
                "123456789012345.",
                "12345678901234567",
                "123456789012345-"
            })
    void rejectsParentIdsThatAreZeroOrNotLowerCaseHexOrTooLong(String parentId) {
        assertEquals(Inbound.Reason.PARENT_ID, reason("00-" + TRACE + "-" + parentId + "-01"));
        assertEquals(Inbound.Reason.PARENT_ID, reason("cc-" + TRACE + "-" + parentId + "-01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".0", "0.", "0A", "A0", "-1"})
    void rejectsFlagsThatAreNotLowerCaseHex(String flags) {
        assertEquals(Inbound.Reason.FLAGS, reason("00-" + IDS + "-" + flags));
        assertEquals(Inbound.Reason.FLAGS, reason("cc-" + IDS + "-" + flags));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "-", "1", "-what-the-future-will-be-like", ",00-1"})
    void rejectsVersion00WithTrailingData(String trailing) {
        assertEquals(Inbound.Reason.TRAILING_DATA, reason("00-" + IDS + "-01" + trailing));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01-%s-01", "cc-%s-01", "fe-%s-01", "cc-%s-01-", "cc-%s-01-what-the-future-will-be-like"})
    void readsLaterVersionsByTheirFirst55Characters(String header) {
        assertEquals(new TraceContext(TRACE, PARENT, (byte) 1, ""), valid(header.replace("%s", IDS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cc-%s-01.what", "cc-%s-011", "cc-%s-01 -x"})
    void rejectsLaterVersionsWhoseFlagsAreNotFollowedByEndOrDash(String header) {
        assertEquals(Inbound.Reason.TRAILING_DATA, reason(header.replace("%s", IDS)));
    }

    @ParameterizedTest
    @CsvSource({
        "00, false, false",
        "01, true, false",
        "02, false, true",
        "03, true, true",
        "fc, false, false",
        "ff, true, true",
        "09, true, false",
        "06, false, true"
    })
    void masksFlagsAndDropsUnknownBits(String flags, boolean sampled, boolean random) {
        TraceContext context = valid("00-" + IDS + "-" + flags);
        assertEquals(sampled, context.sampled());
        assertEquals(random, context.random());
        assertEquals(0, context.flags() & 0xfc);
    }

    @ParameterizedTest
    @ValueSource(strings = {" %s", "\t%s", "%s ", "%s\t", "\t %s \t"})
    void ignoresWhiteSpaceAroundTheValue(String header) {
        assertEquals(TRACE, valid(header.replace("%s", "00-" + IDS + "-01")).traceId());
    }

    @Test
    void alwaysSendsVersion00AndNoUnknownFlag() {
        assertEquals("00-" + IDS + "-03", TraceParent.format(TRACE, PARENT, (byte) 0xff));
        assertEquals("00-" + IDS + "-00", TraceParent.format(TRACE, PARENT, (byte) 0xfc));
    }

    @Test
    void readsBackWhateverItWrites() {
        Random random = new Random(1);
        IdSource ids = new RandomIds(7);
        for (int i = 0; i < 10_000; i++) {
            TraceContext context = new TraceContext(ids.traceId(), ids.spanId(), (byte) random.nextInt(4), "");
            String header = TraceParent.format(context.traceId(), context.parentSpanId(), context.flags());
            assertEquals(TraceParent.LENGTH, header.length());
            assertEquals(context, valid(header));
        }
    }

    @Test
    void neverThrowsAndNeverBelievesMoreThanTheGrammarAllows() {
        Random random = new Random(2);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            String header = mutate("00-" + IDS + "-01", random);
            Inbound inbound = TraceParent.parse(header);
            assertNotNull(inbound);
            if (inbound instanceof Inbound.Valid found) {
                accepted++;
                String ids = found.context().traceId() + "-" + found.context().parentSpanId();
                assertTrue(header.strip().matches("(?!ff)[0-9a-f]{2}-" + ids + "-[0-9a-f]{2}(-.*)?"), header);
                assertTrue(ids.matches("(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}"), header);
            }
        }
        assertFalse(accepted == 0, "no mutation left the header valid: the property was not exercised");
    }

    private static String mutate(String header, Random random) {
        StringBuilder text = new StringBuilder(header);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            char c = "0123456789abcdefAFgz-.,= \t\u00e9\uffff".charAt(random.nextInt(28));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, c);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.append(c);
                default -> text.setCharAt(at, c);
            }
        }
        return text.toString();
    }

    private static TraceContext valid(String header) {
        return assertInstanceOf(Inbound.Valid.class, TraceParent.parse(header)).context();
    }

    private static Inbound.Reason reason(String header) {
        return assertInstanceOf(Inbound.Invalid.class, TraceParent.parse(header))
                .reason();
    }
}

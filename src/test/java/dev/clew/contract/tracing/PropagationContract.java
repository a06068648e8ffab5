package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * W3C Trace Context Level 2 on the wire: the headers sent upstream for each client's. Covers the specification's test
 * suite at its strictest level.
 */
abstract class PropagationContract extends Contract {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String IDS = TRACE + "-" + PARENT;
    private static final String TRACEPARENT = "00-" + IDS + "-01";

    @Test
    void beginsATraceWithARandomIdWhenNoneIsSent() {
        Seen seen = send(Call.get("/any/x")).echoed();

        assertEquals("03", flags(seen));
        assertNotEquals(traceId(seen), traceId(send(Call.get("/any/x")).echoed()));
        assertEquals(List.of(), seen.all("tracestate"));
    }

    @ParameterizedTest
    @CsvSource({"00, 01", "01, 01", "02, 03", "03, 03", "09, 01", "fc, 01", "ff, 03"})
    void carriesTheRandomFlagAndSendsUnknownFlagsAsZero(String received, String sent) {
        Seen seen = passing("traceparent: 00-" + IDS + "-" + received);

        assertEquals(TRACE, traceId(seen));
        assertEquals(sent, flags(seen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"traceparent", "TraceParent", "TrAcEpArEnT", "TRACEPARENT"})
    void findsTraceparentInAnyCase(String name) {
        Seen seen = passing(name + ": " + TRACEPARENT);

        assertEquals(TRACE, traceId(seen));
        assertNotEquals(PARENT, seen.one("traceparent").substring(36, 52));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracestate", "TraceState", "TrAcEsTaTe", "TRACESTATE"})
    void findsTracestateInAnyCase(String name) {
        assertEquals("foo=1", tracestate(name + ": foo=1"));
    }

    @Test
    void takesNoOtherNameForTheirs() {
        assertNotEquals(TRACE, traceId(passing("trace-parent: " + TRACEPARENT)));
        assertNotEquals(TRACE, traceId(passing("trace.parent: " + TRACEPARENT)));
        assertEquals("", tracestate("trace-state: foo=1", "trace.state: foo=1", "trace_state: foo=1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "traceparent:" + TRACEPARENT,
                "traceparent:  " + TRACEPARENT,
                "traceparent: \t" + TRACEPARENT,
                "traceparent: " + TRACEPARENT + " ",
                "traceparent: " + TRACEPARENT + "\t",
                "traceparent: \t " + TRACEPARENT + " \t",
                "traceparent: cc-" + IDS + "-01",
                "traceparent: cc-" + IDS + "-01-what-comes-later",
                "traceparent: 01-" + IDS + "-00-",
            })
    void continuesTheTrace(String line) {
        assertEquals(TRACE, traceId(passing(line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-%-01.",
                "00-%-01-",
                "00-%-01-what-comes-later",
                "cc-%-01.what-comes-later",
                "cc-%-011",
                "ff-%-01",
                ".0-%-01",
                "0.-%-01",
                "0A-%-01",
                "000-%-01",
                "0000-%-01",
                "0-%-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-.bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473.-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e47361-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-.0f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b.-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b71-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b-01",
                "00-%-.0",
                "00-%-0.",
                "00-%-0A",
                "00-%-001",
                "00-%-1",
                "00-%",
                "00-%-01,00-%-01",
            })
    void beginsANewTraceAndDropsTracestateWhenTraceparentIsMalformed(String value) {
        Seen seen = passing("traceparent: " + value.replace("%", IDS), "tracestate: foo=1");

        assertNotEquals(TRACE, traceId(seen));
        assertEquals("03", flags(seen));
        assertEquals(List.of(), seen.all("tracestate"));
    }

    @Test
    void beginsANewTraceWhenTraceparentComesTwice() {
        String other = "0af7651916cd43dd8448eb211c80319c";
        Seen differing = passing("traceparent: " + TRACEPARENT, "traceparent: 00-" + other + "-" + PARENT + "-01");
        Seen same = passing("traceparent: " + TRACEPARENT, "TraceParent: " + TRACEPARENT, "tracestate: foo=1");

        assertTrue(!Set.of(TRACE, other).contains(traceId(differing)), differing::toString);
        assertNotEquals(TRACE, traceId(same));
        assertEquals(List.of(), same.all("tracestate"));
    }

    @Test
    void dropsTracestateWithoutTraceparent() {
        assertEquals(List.of(), passing("tracestate: foo=1,bar=2").all("tracestate"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "foo=1,bar=2|foo=1,bar=2",
                "foo=1 \t , \t bar=2, \t baz=3|foo=1,bar=2,baz=3",
                "foo=1\t \t,\t \tbar=2,\t \tbaz=3|foo=1,bar=2,baz=3",
                " foo=1|foo=1",
                "\tfoo=1|foo=1",
                "foo=1 |foo=1",
                "foo=1\t|foo=1",
                "\t foo=1 \t|foo=1",
                "foo=1,,bar=2,|foo=1,bar=2",
                "foo=  1|foo=  1",
                "0a=1|0a=1",
                "a@b=1|a@b=1",
                "foo@=1,bar=2|foo@=1,bar=2",
                "foo@@bar=1,bar=2|foo@@bar=1,bar=2",
                "foo@bar@baz=1,bar=2|foo@bar@baz=1,bar=2",
            })
    void carriesTracestateInOrderWithoutWhiteSpaceAroundMembers(String received, String sent) {
        assertEquals(sent, tracestate("tracestate:" + received));
    }

    @Test
    void carriesSpacesAtTheBeginningOfAValueToUpstreamAndBackend() {
        String id = "a3ce929d0e0e47364bf92f3577b34da6";
        String list = "foo=  1 2,bar@= 3";
        Seen seen = send(Call.get("/any/x").in(id).line("tracestate: foo=  1 2 ,\tbar@= 3\t"))
                .echoed();

        assertEquals(list, seen.one("tracestate"));
        assertEquals(list, trace(id).server().span().getTraceState());
        assertEquals(list, trace(id).client().span().getTraceState());
    }

    @Test
    void combinesTheLinesOfTracestateInOrder() {
        assertEquals(
                "foo=1,bar=2,rojo=1,congo=2,baz=3",
                tracestate("tracestate: foo=1,bar=2", "TraceState: rojo=1,congo=2", "tracestate: baz=3"));
        assertEquals("foo=1", tracestate("tracestate: foo=1", "tracestate:"));
        assertEquals("foo=1", tracestate("tracestate:", "tracestate: foo=1"));
        assertEquals("", tracestate("tracestate:"));
        assertEquals("", tracestate("tracestate: ,\t,"));
    }

    @Test
    void carriesEveryCharacterThatTracestateAllows() {
        String key = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";
        String value = IntStream.rangeClosed(0x20, 0x7e)
                .filter(c -> c != ',' && c != '=')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertEquals(key + "=" + value, tracestate("tracestate: " + key + "=" + value));
        assertEquals(key + "@a-z0-9_-*/=" + value, tracestate("tracestate: " + key + "@a-z0-9_-*/=" + value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo =1",
                "FOO=1",
                "foo.bar=1",
                "@foo=1,bar=2",
                "foo=bar=baz",
                "foo=,bar=3",
                "foo",
                "=1",
            })
    void dropsAMalformedTracestateWholeAndKeepsTheTrace(String list) {
        assertEquals("", tracestate("tracestate: " + list));
        assertEquals("", tracestate("tracestate: ok=1", "tracestate: " + list));
    }

    @Test
    void carriesTheFirstOfSeveralMembersWithOneKey() {
        assertEquals("foo=1", tracestate("tracestate: foo=1,foo=1"));
        assertEquals("foo=1,bar=2", tracestate("tracestate: foo=1,bar=2,foo=3"));
        assertEquals("foo=1", tracestate("tracestate: foo=1", "tracestate: foo=1"));
        assertEquals("foo=1,bar=3", tracestate("tracestate: foo=1", "tracestate: foo=2,bar=3"));
    }

    @Test
    void carries32MembersAndDropsAllAt33() {
        String[] lines = {line(1, 10), line(11, 20), line(21, 30), line(31, 32)};
        assertEquals(32, tracestate(lines).split(",", -1).length);

        lines[3] = line(31, 33);
        assertEquals("", tracestate(lines));
    }

    @ParameterizedTest
    @CsvSource({"256, 0, true", "257, 0, false", "241, 14, true", "242, 1, true", "1, 15, true", "1, 255, false"})
    void limitsTheLengthOfKeys(int before, int after, boolean carried) {
        String key = "z".repeat(before) + (after > 0 ? "@" + "v".repeat(after) : "");

        assertEquals(
                carried ? "foo=1," + key + "=1" : "", tracestate("tracestate: foo=1", "tracestate: " + key + "=1"));
    }

    @Test
    void limitsTheLengthOfValuesAndCarriesMoreThan512Characters() {
        String list = "a=" + "x".repeat(256) + ",b=" + "y".repeat(256) + ",c=" + "z".repeat(256);

        assertEquals(list, tracestate("tracestate: " + list));
        assertEquals("", tracestate("tracestate: a=" + "x".repeat(257)));
    }

    @Test
    void everyRequestOfAConnectionHasAParentOfItsOwn() {
        Set<String> sent = new HashSet<>();
        try (RawClient client = connect()) {
            for (int i = 0; i < 3; i++) {
                Seen seen = client.send(Call.get("/any/x").in(TRACE)).read().echoed();
                assertEquals(TRACE, traceId(seen));
                sent.add(seen.one("traceparent"));
            }
        }
        assertEquals(3, sent.size(), sent::toString);
    }

    @Test
    void readsEveryLineOfAnHttp2RequestToo() {
        try (Http2Client client = new Http2Client(port())) {
            Seen combined = sent(client, "traceparent " + TRACEPARENT, "tracestate foo=1", "tracestate bar=2");
            assertEquals(TRACE, traceId(combined));
            assertEquals("foo=1,bar=2", combined.one("tracestate"));

            Seen twice = sent(client, "traceparent " + TRACEPARENT, "traceparent " + TRACEPARENT);
            assertNotEquals(TRACE, traceId(twice));
        }
    }

    private static Seen sent(Http2Client client, String... lines) {
        Http2Client.Outcome outcome = client.await(client.get("/any/x", lines));
        return assertInstanceOf(Http2Client.Outcome.Responded.class, outcome)
                .response()
                .echoed();
    }

    private Seen passing(String... lines) {
        Call call = Call.get("/any/x");
        for (String line : lines) {
            call = call.line(line);
        }
        return send(call).echoed();
    }

    /** Returns the tracestate sent upstream, beside an unchanged trace; empty for none. */
    private String tracestate(String... lines) {
        Call call = Call.get("/any/x").in(TRACE);
        for (String line : lines) {
            call = call.line(line);
        }
        Seen seen = send(call).echoed();
        assertEquals(TRACE, traceId(seen));
        List<String> sent = seen.all("tracestate");
        return sent.isEmpty() ? "" : seen.one("tracestate");
    }

    private static String line(int from, int to) {
        return "tracestate: "
                + IntStream.rangeClosed(from, to)
                        .mapToObj(i -> "k" + i + "=" + i)
                        .collect(Collectors.joining(","));
    }

    private static String traceId(Seen seen) {
        String header = seen.one("traceparent");
        assertTrue(header.matches("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[0-3]"), header);
        return header.substring(3, 35);
    }

    private static String flags(Seen seen) {
        return seen.one("traceparent").substring(53);
    }
}

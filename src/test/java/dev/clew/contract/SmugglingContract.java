package dev.clew.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages that two servers may read as different requests (RFC 9112 section 11.2). Each is sent with another request behind
 * it, the one that an attacker would smuggle: only the first is answered, the connection ends, and no upstream sees either.
 */
abstract class SmugglingContract extends Contract {

    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String EMPTY_CHUNKS = "0\r\n\r\n";

    static Stream<Arguments> ambiguousFraming() {
        return Stream.of(
                post("length and chunked", EMPTY_CHUNKS, "Content-Length: 5", CHUNKED),
                post("chunked and length", EMPTY_CHUNKS, CHUNKED, "Content-Length: 5"),
                post("chunked and length zero", EMPTY_CHUNKS, CHUNKED, "Content-Length: 0"),
                post("two lengths that differ", "hello!", "Content-Length: 5", "Content-Length: 6"),
                post("two lengths in one line", "hello!", "Content-Length: 5, 6"),
                post("plus sign", "hello", "Content-Length: +5"),
                post("minus sign", "hello", "Content-Length: -5"),
                post("space inside", "hello", "Content-Length: 5 0"),
                post("hexadecimal", "hello", "Content-Length: 0x5"),
                post("exponent", "hello", "Content-Length: 5e0"),
                post("fraction", "hello", "Content-Length: 5.0"),
                post("empty", "hello", "Content-Length:"),
                post("too many digits", "hello", "Content-Length: 99999999999999999999"),
                post("chunked twice in one line", EMPTY_CHUNKS, "Transfer-Encoding: chunked, chunked"),
                post("chunked twice in two lines", EMPTY_CHUNKS, CHUNKED, CHUNKED),
                post("xchunked", EMPTY_CHUNKS, "Transfer-Encoding: xchunked"),
                post("identity", "hello", "Transfer-Encoding: identity", "Content-Length: 5"),
                post("identity alone", "", "Transfer-Encoding: identity"),
                post("gzip under chunked", EMPTY_CHUNKS, "Transfer-Encoding: gzip, chunked"),
                post("chunked under identity", EMPTY_CHUNKS, "Transfer-Encoding: chunked, identity"),
                post("quoted", EMPTY_CHUNKS, "Transfer-Encoding: \"chunked\""),
                post("empty encoding", EMPTY_CHUNKS, "Transfer-Encoding:"),
                post("vertical tab", EMPTY_CHUNKS, "Transfer-Encoding: \u000bchunked"),
                Arguments.of(
                        "chunked in HTTP/1.0",
                        Call.of("POST", "/any/x")
                                .version("HTTP/1.0")
                                .line(CHUNKED)
                                .raw(EMPTY_CHUNKS)));
    }

    static Stream<Arguments> brokenSyntax() {
        return Stream.of(
                get("obs-fold with space", "X-A: b\r\n c"),
                get("obs-fold with tab", "X-A: b\r\n\tc"),
                get("folded first line", " X-A: b"),
                get("folded length", "Content-Length:\r\n 5"),
                get("bare LF between headers", "X-A: b\nX-B: c"),
                get("bare LF smuggling a length", "X-A: b\nContent-Length: 5"),
                get("bare CR in a value", "X-A: b\rX-B: c"),
                get("NUL in a value", "X-A: b\u0000c"),
                get("SOH in a value", "X-A: b\u0001c"),
                get("DEL in a value", "X-A: b\u007fc"),
                get("escape in a value", "X-A: b\u001bc"),
                get("vertical tab in a value", "X-A: b\u000bc"),
                get("NUL in a name", "X\u0000A: b"),
                get("control in a name", "X\u0001A: b"),
                get("space in a name", "X A: b"),
                get("high byte in a name", "X\u00e9: b"),
                get("separator in a name", "X(A): b"),
                get("space before the colon", "Content-Length : 5"),
                get("tab before the colon", "Transfer-Encoding\t: chunked"),
                get("no colon", "X-A"),
                get("no name", ": b"),
                get("pseudo-header", ":malformed: syntax"),
                Arguments.of("no version", Call.of("GET", "/any/x").version("")),
                Arguments.of("unknown version", Call.of("GET", "/any/x").version("HTTP/1.2x")),
                Arguments.of("HTTP/0.9", Call.of("GET", "/any/x").version("HTTP/0.9")),
                Arguments.of("HTTP/3.0", Call.of("GET", "/any/x").version("HTTP/3.0")),
                Arguments.of("lower-case version", Call.of("GET", "/any/x").version("http/1.1")),
                Arguments.of("space in the target", Call.of("GET", "/any/x y")),
                Arguments.of("NUL in the target", Call.of("GET", "/any/x\u0000y")),
                Arguments.of("control in the target", Call.of("GET", "/any/x\u0001y")),
                Arguments.of("bare CR in the target", Call.of("GET", "/any/x\ry")),
                Arguments.of("separator in the method", Call.of("G(T", "/any/x")),
                Arguments.of("control in the method", Call.of("G\u0001T", "/any/x")));
    }

    private static Arguments post(String name, String body, String... lines) {
        Call call = Call.of("POST", "/any/x");
        for (String line : lines) {
            call = call.line(line);
        }
        return Arguments.of(name, call.raw(body));
    }

    private static Arguments get(String name, String line) {
        return Arguments.of(name, Call.get("/any/x").line(line));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void ambiguousFraming(String name, Call call) {
        assertRefusedAlone(call, 400, "malformed-request");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void brokenSyntax(String name, Call call) {
        assertRefusedAlone(call, 400, "malformed-request");
    }

    @Test
    void bareLineFeedsThroughoutAreRefused() {
        try (RawClient client = connect()) {
            client.send("GET /any/lf HTTP/1.1\nHost: acme.test\n\n");
            client.read().assertRefused(400, "malformed-request");
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void twoEqualLengthsAreRefused() {
        Call call = Call.of("POST", "/any/x").line("Content-Length: 5").line("Content-Length: 5");

        assertRefusedAlone(call.raw("hello"), 400, "malformed-request");
    }

    @Test
    void longRequestLineIs414() {
        assertRefusedAlone(Call.get("/any/" + "x".repeat(9000)), 414, "uri-too-long");
    }

    @Test
    void largeHeaderSectionIs431() {
        assertRefusedAlone(Call.get("/any/x").header("X-A", "y".repeat(40_000)), 431, "headers-too-large");
    }

    @Test
    void manySmallHeadersAre431() {
        Call call = Call.get("/any/x");
        for (int i = 0; i < 3000; i++) {
            call = call.header("X-" + i, "some value");
        }
        assertRefusedAlone(call, 431, "headers-too-large");
    }

    @Test
    void bytesThatAreNotHttpAreRefused() {
        try (RawClient client = connect()) {
            client.send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n");
            client.read().assertRefused(400, "malformed-request");
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void brokenChunkSizeEndsTheConnectionAndTheUpstreamRequest() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.of("POST", "/any/" + marker).line(CHUNKED).raw("5\r\nhello\r\nzz\r\n" + smuggled(marker)));
            String answer = client.readToEnd();
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "), answer);
        }
        assertNeverReached("smuggled-" + marker);
    }

    @Test
    void wellFormedPipelinedRequestsAreAnsweredInOrder() {
        try (RawClient client = connect()) {
            client.send(Call.get("/any/slow").wire()
                    + Call.get("/any/first").wire()
                    + Call.post("/any/second", "hello").wire()
                    + Call.get("/nothing").wire());
            assertEquals("/slow", client.read().echoed().uri());
            assertEquals("/first", client.read().echoed().uri());
            assertEquals("hello", client.read().echoed().body());
            client.read().assertProblem(404, "unknown-route");
        }
    }

    /** The call with a marker in its path and a second request behind it, at once. */
    private void assertRefusedAlone(Call call, int status, String code) {
        String marker = marker();
        Call marked = new Call(
                call.method(),
                call.target().replace("/any/", "/any/" + marker + "/"),
                call.version(),
                call.lines(),
                call.body());
        try (RawClient client = connect()) {
            client.send(marked.wire() + smuggled(marker));
            client.read().assertRefused(status, code);
            assertEquals("", client.readToEnd(), "answered the second request");
        }
        assertNeverReached(marker);
    }

    private static String smuggled(String marker) {
        return Call.get("/any/smuggled-" + marker).wire();
    }

    private void assertNeverReached(String marker) {
        // Behind another request on the upstream's only thread: what was on its way has arrived by now.
        send(Call.get("/any/fence")).echoed();
        assertFalse(world.echo().seen().stream().anyMatch(seen -> seen.uri().contains(marker)));
    }
}

package dev.clew.contract.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.StreamFiles;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages that two servers may read as different requests (RFC 9112 section 11.2). Each is followed by another
 * request, the one that an attacker would smuggle: only the first gets a response, the connection closes, and no
 * upstream receives either.
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
                post("equal lengths in one line", "hello", "Content-Length: 5, 5"),
                post("equal lengths without a blank", "hello", "content-length:5,5"),
                post("a length and nothing", "hello", "Content-Length: 5,"),
                post("length with underscores", "hello", "Content_Length: 5"),
                post("length with underscores beside one", "hello", "Content-Length: 5", "CONTENT_LENGTH: 3"),
                post("coding with underscores", EMPTY_CHUNKS, "Transfer_Encoding: chunked"),
                post(
                        "coding with underscores beside a length",
                        EMPTY_CHUNKS,
                        "transfer_encoding: chunked",
                        "Content-Length: 5"),
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
                post("identity", "hello", "Transfer-Encoding: identity", "Content-Length: 5"),
                post("chunked under identity", EMPTY_CHUNKS, "Transfer-Encoding: chunked, identity"),
                post("quoted", EMPTY_CHUNKS, "Transfer-Encoding: \"chunked\""),
                post("empty encoding", EMPTY_CHUNKS, "Transfer-Encoding:"),
                post("vertical tab", EMPTY_CHUNKS, "Transfer-Encoding: \u000bchunked"),
                Arguments.of(
                        "equal lengths in one line, HTTP/1.0",
                        Call.of("POST", "/any/x")
                                .version("HTTP/1.0")
                                .line("Content-Length: 5, 5")
                                .raw("hello")),
                Arguments.of(
                        "chunked in HTTP/1.0",
                        Call.of("POST", "/any/x")
                                .version("HTTP/1.0")
                                .line(CHUNKED)
                                .raw(EMPTY_CHUNKS)));
    }

    /** RFC 9112 section 6.1; if chunked is not last, the body has no length, which is another case (section 6.3). */
    static Stream<Arguments> unknownCoding() {
        return Stream.of(
                post("xchunked", EMPTY_CHUNKS, "Transfer-Encoding: xchunked"),
                post("identity alone", "", "Transfer-Encoding: identity"),
                post("gzip", "", "Transfer-Encoding: gzip"),
                post("gzip under chunked", EMPTY_CHUNKS, "Transfer-Encoding: gzip, chunked"),
                post("an unknown coding", EMPTY_CHUNKS, "Transfer-Encoding: foo,chunked"));
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
                Arguments.of("blank before the method", Call.of(" GET", "/any/x")),
                Arguments.of("tab before the method", Call.of("\tGET", "/any/x")),
                Arguments.of("two blanks behind the method", Call.of("GET ", "/any/x")),
                Arguments.of("two blanks before the version", Call.of("GET", "/any/x ")),
                Arguments.of("tab for a blank", Call.of("GET\t/any/x", "HTTP/1.1")),
                Arguments.of("blank and tab", Call.of("GET", "\t/any/x")),
                Arguments.of("vertical tab for a blank", Call.of("GET\u000b", "/any/x")),
                Arguments.of("form feed before the version", Call.of("GET", "/any/x\f")),
                Arguments.of("carriage return in the method", Call.of("GET\r", "/any/x")),
                Arguments.of(
                        "blank behind the version", Call.of("GET", "/any/x").version("HTTP/1.1 ")),
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
        assertRejectedAlone(call, 400, "malformed-request");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void unknownCoding(String name, Call call) {
        assertRejectedAlone(call, 501, "transfer-coding-unknown");
    }

    /** Before a response, the body's error can be reported, although the request is already being sent upstream. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                " 5",
                "\t5",
                "5 ",
                "5\0",
                "5\u000b",
                "2 junk",
                "5,5",
                "0x5",
                "+5",
                "-5",
                "",
                "zz",
                "5\r",
                "5;a\rb",
                "5;a\0",
                "ffffffffffffffff",
                "80000000",
                "00000000000000005",
            })
    void brokenChunkSizeIs400(String size) {
        assertBodyRejected(size + "\r\nhello\r\n0\r\n\r\n", 400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello!\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\nX-A: b\r\n c\r\n\r\n",
                "5\r\nhello\r\n0\r\n X-A: b\r\n\r\n",
                "5\r\nhello\r\n0\r\nX-A: b\n\r\n",
                "5\r\nhello\r\n0\r\nContent-Length: 5, 5\r\n\r\n",
            })
    void brokenChunksAndTrailersAre400(String body) {
        assertBodyRejected(body, 400, "malformed-request");
    }

    @Test
    void trailersWithoutNumberAre431() {
        assertBodyRejected("0\r\n" + "a:\r\n".repeat(101) + "\r\n", 431, "headers-too-large");
    }

    private void assertBodyRejected(String body, int status, String code) {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.of("POST", "/hand/" + marker)
                            .host(StreamFiles.HOST)
                            .line(CHUNKED)
                            .raw(body)
                            .wire()
                    + smuggled(marker));
            client.read().assertRejected(status, code);
            assertEquals("", client.readToEnd());
        }
        assertNeverReached("smuggled-" + marker);
    }

    @Test
    void oddButSoundChunksArePassedOn() {
        String chunks = "05;a=b\r\nhello\r\n1 ;c=\"d\"\r\n!\r\n000;e\r\nX-Sum: 1\r\n\r\n";
        try (RawClient client = connect()) {
            client.send(Call.of("POST", "/any/x").line(CHUNKED).raw(chunks).wire()
                    + Call.get("/any/next").wire());
            assertEquals("hello!", client.read().echoed().body());
            assertEquals("/next", client.read().echoed().uri());
        }
    }

    @Test
    void asManyFieldsAsAllowedPassAndOneMoreIs431() {
        Call call = Call.get("/any/x");
        for (int i = 0; i < 99; i++) {
            call = call.line("a:");
        }
        // No upstream is used: it would also count the fields that the gateway adds.
        send(new Call("GET", "/nothing", call.version(), call.lines(), "")).assertProblem(404, "unknown-route");
        assertRejectedAlone(call.line("a:"), 431, "headers-too-large");
    }

    @Test
    void rejectedHeadKeepsItsTrace() {
        String traceId = "0af7651916cd43dd8448eb211c80319c";
        Call call = Call.get("/any/x").header("traceparent", "00-" + traceId + "-b7ad6b7169203331-01");
        try (RawClient client = connect()) {
            client.send(call.wire().replace("\r\n\r\n", "\r\n" + "a:\r\n".repeat(200)));
            assertEquals(
                    traceId,
                    client.read().assertRejected(431, "headers-too-large").traceId());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void brokenSyntax(String name, Call call) {
        assertRejectedAlone(call, 400, "malformed-request");
    }

    @Test
    void bareLineFeedsThroughoutAreRejected() {
        try (RawClient client = connect()) {
            client.send("GET /any/lf HTTP/1.1\nHost: acme.test\n\n");
            client.read().assertRejected(400, "malformed-request");
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void twoEqualLengthsAreRejected() {
        Call call = Call.of("POST", "/any/x").line("Content-Length: 5").line("Content-Length: 5");

        assertRejectedAlone(call.raw("hello"), 400, "malformed-request");
    }

    @Test
    void longRequestLineIs414() {
        assertRejectedAlone(Call.get("/any/" + "x".repeat(9000)), 414, "uri-too-long");
    }

    @Test
    void largeHeaderSectionIs431() {
        assertRejectedAlone(Call.get("/any/x").header("X-A", "y".repeat(40_000)), 431, "headers-too-large");
    }

    @Test
    void manySmallHeadersAre431() {
        Call call = Call.get("/any/x");
        for (int i = 0; i < 3000; i++) {
            call = call.header("X-" + i, "some value");
        }
        assertRejectedAlone(call, 431, "headers-too-large");
    }

    @Test
    void bytesThatAreNotHttpAreRejected() {
        try (RawClient client = connect()) {
            client.send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n");
            client.read().assertRejected(400, "malformed-request");
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void brokenChunkSizeEndsTheConnectionAndTheUpstreamRequest() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.of("POST", "/any/" + marker).line(CHUNKED).raw("5\r\nhello\r\nzz\r\n" + smuggled(marker)));
            String response = client.readToEnd();
            assertTrue(response.isEmpty() || response.startsWith("HTTP/1.1 400 "), response);
        }
        assertNeverReached("smuggled-" + marker);
    }

    @Test
    void wellFormedPipelinedRequestsAreServedInOrder() {
        try (RawClient client = connect()) {
            client.send(Call.get("/any/slow/50").wire()
                    + Call.get("/any/first").wire()
                    + Call.post("/any/second", "hello").wire()
                    + Call.get("/nothing").wire());
            assertEquals("/slow/50", client.read().echoed().uri());
            assertEquals("/first", client.read().echoed().uri());
            assertEquals("hello", client.read().echoed().body());
            client.read().assertProblem(404, "unknown-route");
        }
    }

    @Test
    void nothingBehindARejectedRequestIsReadEvenWhileAnEarlierOneWaits() {
        String marker = marker();
        try (RawClient client = connect()) {
            String rejected = Call.of("POST", "/any/" + marker)
                    .line("Content-Length: 5")
                    .line("Content-Length: 5")
                    .raw("hello")
                    .wire();
            client.send(Call.get("/any/slow/200").wire() + rejected + smuggled(marker));
            assertEquals("/slow/200", client.read().echoed().uri());
            client.read().assertRejected(400, "malformed-request");
            assertEquals("", client.readToEnd());
        }
        assertNeverReached(marker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
    void nothingIsReadBehindARequestWithoutHostEvenWhileAnEarlierOneWaits(String version) {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.get("/any/slow/200").wire()
                    + Call.get("/any/" + marker).withoutHost().version(version).wire()
                    + smuggled(marker));
            assertEquals("/slow/200", client.read().echoed().uri());
            client.read().assertRejected(400, "malformed-host");
            assertEquals("", client.readToEnd());
        }
        assertNeverReached(marker);
    }

    /** Sends the call, with a marker in its path, together with a second request after it. */
    private void assertRejectedAlone(Call call, int status, String code) {
        String marker = marker();
        Call marked = new Call(
                call.method(),
                call.target().replace("/any/", "/any/" + marker + "/"),
                call.version(),
                call.lines(),
                call.body());
        try (RawClient client = connect()) {
            client.send(marked.wire() + smuggled(marker));
            client.read().assertRejected(status, code);
            assertEquals("", client.readToEnd(), "a response to the second request");
        }
        assertNeverReached(marker);
    }

    private static String smuggled(String marker) {
        return Call.get("/any/smuggled-" + marker).wire();
    }

    private void assertNeverReached(String marker) {
        // After another request on the upstream's only thread, all earlier bytes have arrived.
        send(Call.get("/any/fence")).echoed();
        assertFalse(world.echo().seen().stream().anyMatch(seen -> seen.uri().contains(marker)));
    }
}

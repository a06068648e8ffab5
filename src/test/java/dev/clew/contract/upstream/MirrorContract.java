package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.MirrorFiles;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer.Received;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes whose requests are mirrored to another upstream, in any state of that upstream. */
abstract class MirrorContract extends Contract {

    private static final String MIRROR = "clew.mirror";

    @AfterEach
    void nothingIsLeftActive() {
        metrics().awaitNoneActive();
        Await.until(
                "end of the mirrored requests",
                () -> metrics().sum("clew_upstream_requests_active", "tenant=\"mirror\"") == 0);
    }

    private Metrics metrics() {
        return new Metrics(world.managementPort());
    }

    private double skipped(String upstream, String reason) {
        return metrics()
                .sum(
                        "clew_upstream_copies_skipped_total",
                        "tenant=\"mirror\"",
                        "upstream=\"" + upstream + "\"",
                        "reason=\"" + reason + "\"");
    }

    private void awaitSkipped(String upstream, String reason, double atLeast) {
        Await.until(reason + " at " + upstream, () -> skipped(upstream, reason) >= atLeast);
    }

    private static Call get(String target) {
        return Call.get(target).host(MirrorFiles.HOST);
    }

    private static Call post(String target, String body) {
        return Call.post(target, body).host(MirrorFiles.HOST);
    }

    /** Returns the span of the only mirrored request, which may be exported after the request's. */
    private Received copy(String traceId) {
        return world.otlp().awaitSpan(span -> Trace.traceId(span).equals(traceId) && isCopy(span));
    }

    private static boolean isCopy(Received span) {
        return Trace.attributeNames(span).contains(MIRROR);
    }

    private Seen awaitCopy(String marker) {
        return Await.notNull("copy", () -> world.echo().completed("/shadow/").stream()
                .filter(seen -> seen.uri().contains(marker))
                .findFirst()
                .orElse(null));
    }

    @ParameterizedTest
    @CsvSource({"/copied/, /new/, /shadow/new/", "/http2/, /http2/, /shadow/http2/"})
    void theMirrorGetsWhatTheUpstreamGets(String path, String sentOn, String copied) {
        String marker = marker();
        Seen seen = send(post(path + marker + "?a=%20b", "the body")
                        .line("Connection: x-hop")
                        .line("x-hop: 1")
                        .line("X-Forwarded-For: 6.6.6.6")
                        .line("x-end-to-end: 1"))
                .echoed();
        Seen copy = awaitCopy(marker);

        assertEquals(sentOn + marker + "?a=%20b", seen.uri());
        assertEquals(copied + marker + "?a=%20b", copy.uri());
        assertEquals("POST", copy.method());
        assertEquals("the body", copy.body());
        for (String name : List.of("via", "x-forwarded-for", "x-forwarded-host", "forwarded", "x-end-to-end")) {
            assertEquals(seen.one(name), copy.one(name));
        }
        assertEquals(seen.all("x-set"), copy.all("x-set"));
        assertEquals("8", copy.one("content-length"));
        assertFalse(copy.names().contains("x-hop"));
    }

    @Test
    void aBodyOfUnknownLengthIsCopiedWhole() {
        String marker = marker();
        String chunked = "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
        send(Call.of("PUT", "/copied/" + marker)
                .host(MirrorFiles.HOST)
                .line("Transfer-Encoding: chunked")
                .raw(chunked));
        Seen copy = awaitCopy(marker);

        assertEquals("abcdefg", copy.body());
        assertEquals("7", copy.one("content-length"));
        assertFalse(copy.names().contains("transfer-encoding"));
    }

    @Test
    void theMirrorIsNotAskedWhetherItWantsTheBody() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(post("/continue/" + marker, "body").header("Expect", "100-continue"));
            assertEquals(100, client.read().status());
            assertEquals(200, client.read().status());
        }
        Seen copy = awaitCopy(marker);

        assertEquals("body", copy.body());
        assertFalse(copy.names().contains("expect"));
    }

    @Test
    void aCopyHasASpanOfItsOwnAndIsNoAttempt() {
        String marker = marker();
        RawResponse response = send(get("/copied/" + marker));
        Received span = copy(response.traceId());
        Trace trace = trace(response.traceId());
        Received server = trace.server();
        Received attempt = trace.clients().stream()
                .filter(client -> !isCopy(client))
                .findFirst()
                .orElseThrow();

        assertEquals(2, trace.clients().size());
        assertEquals(Trace.spanId(server), Trace.parentId(span));
        assertNotEquals(Trace.spanId(attempt), Trace.spanId(span));
        assertEquals(
                response.traceId() + "-" + Trace.spanId(span) + "-1",
                awaitCopy(marker).one("b3"));
        assertEquals("shadow", span.attribute("clew.upstream"));
        assertEquals("shadow", span.attribute("clew.route"));
        assertEquals("200", span.attribute("http.response.status_code"));
        assertNull(span.attribute("http.request.resend_count"));
        assertEquals("echo", server.attribute("clew.upstream"));
        assertFalse(Trace.attributeNames(server).contains(MIRROR));
        assertEquals(1, world.awaitAccessLogLine(response.traceId()).getInteger("attempts"));
    }

    @Test
    void aMirrorThatDoesNotRespondHoldsNothingUp() {
        String marker = marker();
        double failed = metrics().sum("clew_upstream_copies_seconds_count", "upstream=\"hand\"", "status=\"5xx\"");
        try (RawClient client = connect()) {
            RawResponse first = client.send(post("/hand/" + marker, "first")).read();
            assertEquals(200, first.status());
            Turn turn = world.hand().take(marker);
            assertEquals("first", turn.read(5));
            assertEquals(200, client.send(get("/copied/" + marker)).read().status());
            Trace trace = trace(first.traceId());
            assertEquals(1, trace.clients().size(), "the mirrored request has not ended");

            turn.send("HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno").done();
            Received span = copy(first.traceId());
            assertEquals(turn.parentSpanId(), Trace.spanId(span));
            assertEquals("500", span.attribute("error.type"));
            assertEquals(
                    Status.StatusCode.STATUS_CODE_ERROR, span.span().getStatus().getCode());
            assertEquals(
                    Status.StatusCode.STATUS_CODE_UNSET,
                    trace.server().span().getStatus().getCode());
        }
        assertEquals(
                failed + 1, metrics().sum("clew_upstream_copies_seconds_count", "upstream=\"hand\"", "status=\"5xx\""));
        assertEquals(0, metrics().sum("clew_upstream_attempts_seconds_count", "tenant=\"mirror\"", "\"hand\""));
    }

    @ParameterizedTest
    @CsvSource({"refused, upstream-unreachable", "full, connect-timeout", "hasty, response-timeout"})
    void aMirrorThatCannotBeReachedOrDoesNotRespondFailsItsCopyAlone(String mirror, String failure) {
        String marker = marker();
        RawResponse response = send(get("/" + mirror + "/" + marker));

        assertEquals(200, response.status());
        assertEquals(failure, copy(response.traceId()).attribute("error.type"));
        assertNull(trace(response.traceId()).server().attribute("error.type"));
        if (mirror.equals("hasty")) {
            world.hand().take(marker).awaitClosed();
        }
    }

    @Test
    void aMirrorThatReadsNothingHoldsNothingUp() {
        String marker = marker();
        String body = "x".repeat(1024 * 1024);
        RawResponse response = send(post("/hasty/" + marker, body));
        Turn unread = world.hand().take(marker);

        assertEquals(body.length(), response.echoed().body().length());
        assertEquals("response-timeout", copy(response.traceId()).attribute("error.type"));
        unread.awaitClosed();
    }

    @Test
    void aResponseWithoutEndDoesNotKeepItsPlace() {
        String marker = marker();
        RawResponse response = send(get("/hasty/" + marker));
        Turn turn = world.hand().take(marker);
        turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        Received span = copy(response.traceId());

        assertEquals("200", span.attribute("http.response.status_code"));
        assertEquals("response-timeout", span.attribute("error.type"));
        turn.awaitClosed();
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 1025, false", "Transfer-Encoding: chunked, true"})
    void aLargerBodyIsNotCopied(String framing, boolean chunked) {
        String marker = marker();
        double skipped = skipped("shadow", "body-too-large");
        String body = "x".repeat(1025);
        RawResponse response = send(Call.of("POST", "/copied/" + marker)
                .host(MirrorFiles.HOST)
                .line(framing)
                .raw(chunked ? "401\r\n" + body + "\r\n0\r\n\r\n" : body));

        assertEquals(body, response.echoed().body());
        assertEquals(skipped + 1, skipped("shadow", "body-too-large"));
        assertEquals(1, trace(response.traceId()).clients().size());
    }

    @Test
    void aMirrorWithoutAFreePlaceGetsNoCopy() {
        String marker = marker();
        double skipped = skipped("one", "no-place");
        assertEquals(200, send(get("/one/" + marker)).status());
        Turn turn = world.hand().take(marker);
        RawResponse second = send(get("/one/second-" + marker));
        assertEquals(200, second.status());

        assertEquals(skipped + 1, skipped("one", "no-place"));
        assertEquals(1, trace(second.traceId()).clients().size());
        assertEquals(0, world.hand().count("second-" + marker));
        turn.send("HTTP/1.1 204 No Content\r\n\r\n").done();
        Await.until("released permit", () -> {
            send(get("/one/later-" + marker));
            return world.hand().count("later-" + marker) > 0;
        });
        world.hand().take("later-" + marker).close();
    }

    @Test
    void aRequestThatNeverCameWholeIsNotCopiedAndGivesItsPlaceBack() {
        String marker = marker();
        double skipped = skipped("alone", "incomplete");
        try (RawClient client = connect()) {
            client.send(
                    post("/alone/" + marker, "").host(MirrorFiles.HOST).wire().replace("Length: 0", "Length: 9")
                            + "half");
            world.echo().await(seen -> seen.uri().contains(marker));
            client.abort();
        }
        awaitSkipped("alone", "incomplete", skipped + 1);

        Await.until("mirror of another request", () -> {
            send(get("/alone/other-" + marker));
            return world.echo().seen().stream().anyMatch(seen -> seen.uri().equals("/alone/alone/other-" + marker));
        });
        assertFalse(world.echo().seen().stream().anyMatch(seen -> seen.uri().equals("/alone/alone/" + marker)));
    }

    @Test
    void anUpgradeIsNotCopied() {
        String marker = marker();
        double skipped = skipped("shadow", "upgrade");
        try (RawClient client = connect()) {
            client.send(get("/switching/" + marker).line("Connection: Upgrade").line("Upgrade: chat"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n");
            assertEquals(101, client.readHead().status());
            assertEquals(skipped + 1, skipped("shadow", "upgrade"));
            turn.close();
        }
    }

    @Test
    void copiesTheShareThatTheRouteSays() {
        String marker = marker();
        for (int i = 0; i < 20; i++) {
            send(get("/none/" + marker));
        }
        // With so many requests, mirroring all or none is less likely than a failure of the machine.
        for (int i = 0; i < 100; i++) {
            send(get("/some/" + marker));
        }
        send(get("/copied/last-" + marker));
        awaitCopy("last-" + marker);

        List<Seen> copies = world.echo().completed("/shadow/some/" + marker);
        assertTrue(!copies.isEmpty() && copies.size() < 100, copies.size() + " mirrored requests");
        assertEquals(List.of(), world.echo().completed("/shadow/none/" + marker));
    }

    @Test
    void aRequestOverHttp2IsCopied() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(
                    0, ":method POST", ":scheme http", ":authority " + MirrorFiles.HOST, ":path /http2/" + marker);
            client.data(stream, 0, "of unknown ");
            client.data(stream, Http2Client.END_STREAM, "length");
            Http2Client.Outcome outcome = client.await(stream);
            assertTrue(outcome instanceof Http2Client.Outcome.Responded, outcome::toString);
        }

        assertEquals("of unknown length", awaitCopy(marker).body());
    }
}

package dev.clew.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.clew.testing.OtlpServer.Received;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans of requests that did not end well: they end all the same, and say how. */
abstract class FailedTraceContract extends Contract {

    @ParameterizedTest
    @CsvSource({
        "/refused, 502, upstream-unreachable",
        "/any/reset/head, 502, upstream-reset",
        "/wire/x?answer=nonsense%0D%0A%0D%0A, 502, upstream-invalid-response",
        "/wire/x?answer=&close, 502, upstream-reset",
        "/quick/never, 504, response-timeout",
    })
    void anUpstreamThatFailsMarksBothSpans(String target, int status, String error) {
        // Not repeated on another connection, as a GET would be when the first turned out to be stale.
        RawResponse response = send(Call.post(target, "")).assertProblem(status, error);
        Trace trace = trace(response.traceId());

        assertEquals(1, trace.clients().size());
        for (Received span : trace.spans()) {
            assertEquals(error, span.attribute("error.type"));
            assertEquals(StatusCode.STATUS_CODE_ERROR, span.span().getStatus().getCode());
            assertEquals("", span.span().getStatus().getMessage());
        }
        assertEquals(Integer.toString(status), trace.server().attribute("http.response.status_code"));
        assertNull(trace.client().attribute("http.response.status_code"));
    }

    @ParameterizedTest
    @CsvSource({"/any/reset/body, upstream-reset", "/quick/stall, idle-timeout"})
    void anAnswerCutOffByTheUpstreamEndsTheConnectionAndMarksBothSpans(String target, String error) {
        String traceId = Trace.random();
        try (RawClient client = connect()) {
            client.send(Call.get(target).in(traceId));
            assertThrows(UncheckedIOException.class, client::read, "a whole answer");
            assertEquals("", client.readToEnd());
        }
        for (Received span : trace(traceId).spans()) {
            assertEquals(error, span.attribute("error.type"));
            assertEquals("200", span.attribute("http.response.status_code"));
            assertEquals(StatusCode.STATUS_CODE_ERROR, span.span().getStatus().getCode());
        }
        assertEquals(2, trace(traceId).spans().size());
    }

    @Test
    void aClientThatLeavesEndsTheUpstreamRequestAndBothSpans() {
        String traceId = Trace.random();
        String uri = "/never?" + marker();
        try (RawClient client = connect()) {
            client.send(Call.get("/any" + uri).in(traceId));
            world.echo().await(seen -> seen.uri().equals(uri));
        }
        world.echo().awaitCutOff(uri);
        Trace trace = trace(traceId);
        assertEquals("client-closed-request", trace.server().attribute("error.type"));
        assertNull(trace.server().attribute("http.response.status_code"));
        assertEquals("client-closed-request", trace.client().attribute("error.type"));
        assertEquals(499, world.awaitAccessLogLine(traceId).getInteger("status"));
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyEndsBothSpans() {
        String traceId = Trace.random();
        String uri = "/half?" + marker();
        try (RawClient client = connect()) {
            client.send(Call.post("/any" + uri, "x".repeat(100_000)).in(traceId).raw("only the beginning"));
            world.echo().await(seen -> seen.uri().equals(uri));
        }
        world.echo().awaitCutOff(uri);
        Trace trace = trace(traceId);
        assertEquals("client-closed-request", trace.server().attribute("error.type"));
        assertEquals("client-closed-request", trace.client().attribute("error.type"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, STATUS_CODE_UNSET, STATUS_CODE_ERROR",
        "404, STATUS_CODE_UNSET, STATUS_CODE_ERROR",
        "500, STATUS_CODE_ERROR, STATUS_CODE_ERROR",
        "503, STATUS_CODE_ERROR, STATUS_CODE_ERROR",
        "302, STATUS_CODE_UNSET, STATUS_CODE_UNSET",
    })
    void anErrorOfTheUpstreamIsMarkedAsTheConventionsSay(int status, StatusCode server, StatusCode client) {
        RawResponse response = send(Call.get("/any/answer?body=x&status=" + status));
        Trace trace = trace(response.traceId());

        assertEquals(status, response.status());
        assertEquals(server, trace.server().span().getStatus().getCode());
        assertEquals(client, trace.client().span().getStatus().getCode());
        String expected = status >= 400 ? Integer.toString(status) : null;
        assertEquals(expected, trace.client().attribute("error.type"));
    }

    @Test
    void aRequestRefusedByTheDecoderIsAServerSpan() {
        RawResponse response = send(Call.get("/orders/1").line("no colon"));
        Trace trace = trace(response.traceId());

        assertEquals(List.of(trace.server()), trace.spans());
        assertEquals("malformed-request", trace.server().attribute("error.type"));
        assertEquals("400", trace.server().attribute("http.response.status_code"));
    }

    @Test
    void anUpstreamWithoutAFreeConnectionIsAnsweredWith503() {
        String uri = "/never?" + marker();
        try (RawClient first = connect();
                RawClient waiting = connect()) {
            first.send(Call.get("/narrow" + uri));
            world.echo().await(seen -> seen.uri().equals(uri));
            waiting.send(Call.get("/narrow/waits"));
            RawResponse response = waiting.read();
            response.assertProblem(503, "upstream-busy");
            response.one("retry-after");
            assertEquals(List.of(), trace(response.traceId()).clients());
        }
    }
}

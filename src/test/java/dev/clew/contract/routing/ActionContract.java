package dev.clew.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import dev.clew.testing.OtlpServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The actions of routes besides forwarding. */
abstract class ActionContract extends Contract {

    @ParameterizedTest
    @CsvSource({
        "/secure/a?x=%2F, 308, https://actions.test/secure/a?x=%2F",
        "/moved/7/a/b, 301, /new/7/a/b",
        "/away/a, 302, //www.actions.test:8443/a",
        "/away//evil.test/, 302, //www.actions.test:8443/evil.test/",
        "/moved/x/..//evil.test/y, 301, /new/evil.test/y",
    })
    void redirects(String target, int status, String location) {
        RawResponse response = send(call(target));

        assertEquals(status, response.status());
        assertEquals(location, response.one("location"));
        assertEquals("", response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.actions.test:8080", "A.Actions.Test."})
    void redirectsToTheHostAskedForOnlyInItsNormalForm(String host) {
        assertEquals(
                "https://a.actions.test/secure/",
                send(Call.get("/secure/").host(host)).one("location"));
    }

    @Test
    void respondsWithWhatIsConfigured() {
        RawResponse response = send(call("/teapot"));

        assertEquals(418, response.status());
        assertEquals("application/json", response.one("content-type"));
        assertEquals("8", response.one("content-length"));
        response.traceId();
        response.spanId();
    }

    @Test
    void respondsToHeadWithoutABody() {
        RawResponse response = send(Call.of("HEAD", "/teapot").host("actions.test"));

        assertEquals(418, response.status());
        assertEquals("8", response.one("content-length"));
    }

    @Test
    void respondsWithoutABodyWhereNoneIsConfigured() {
        assertEquals(List.of("0"), send(call("/gone")).all("content-length"));
        assertFalse(send(call("/empty")).has("content-length"));
    }

    @Test
    void respondsToARequestWithABodyThatNobodyReads() {
        RawResponse response = send(Call.post("/teapot", "x".repeat(100_000)).host("actions.test"));

        assertEquals(418, response.status());
    }

    @Test
    void recordsItsOwnResponsesAsAnyOther() {
        RawResponse response = send(call("/teapot"));
        Trace trace = trace(response.traceId());
        OtlpServer.Received server = trace.server();
        JsonObject line = world.awaitAccessLogLine(response.traceId());

        assertEquals("GET /teapot", server.span().getName());
        assertEquals("teapot", server.attribute("clew.route"));
        assertEquals(List.of(), trace.clients());
        assertEquals("teapot", line.getString("route"));
        assertEquals(418, line.getInteger("status"));
        assertEquals(0, line.getInteger("attempts"));
        assertFalse(line.containsKey("upstream") || line.containsKey("error"), line::encode);
    }

    @Test
    void countsItsOwnResponsesAgainstTheLimits() {
        Call call = Call.get("/fixed").host("metered.test");
        boolean limited = false;
        for (int i = 0; i < 50 && !limited; i++) {
            limited = send(call).status() == 429;
        }
        assertTrue(limited);
    }

    @Test
    void sendsAnotherHostUpstream() {
        Seen seen = send(call("/host")).echoed();

        assertEquals("internal.svc:8080", seen.one("host"));
        assertEquals("actions.test", seen.one("x-forwarded-host"));
    }

    @Test
    void changesTheHeaderOfRequests() {
        Seen seen = send(call("/headers")
                        .header("x-set", "old")
                        .header("X-Set", "older")
                        .header("x-add", "some")
                        .header("x-gone", "1")
                        .header("cookie", "a=b"))
                .echoed();

        assertEquals("new", seen.one("x-set"));
        assertEquals("text/a", seen.one("accept"));
        assertEquals(List.of("some", "more"), seen.all("x-add"));
        assertEquals(List.of(), seen.all("x-gone"));
        assertEquals(List.of(), seen.all("cookie"));
        assertEquals("actions.test", seen.one("host"));
        seen.one("traceparent");
    }

    @Test
    void changesTheHeaderOfResponses() {
        RawResponse response =
                send(call("/answer?status=200&body=ok&x-set=old&x-set=older&x-add=some&x-gone=1&server=secret"));

        assertEquals("new", response.one("x-set"));
        assertEquals(List.of("some", "more"), response.all("x-add"));
        assertFalse(response.has("x-gone") || response.has("server"), response::toString);
        response.traceId();
    }

    @Test
    void changesTheHeaderOfItsOwnResponses() {
        assertEquals("no-store", send(call("/dressed")).one("cache-control"));
    }

    @ParameterizedTest
    @CsvSource({"GET, 8", "HEAD, 0"})
    void responsesOverHttp2(String method, int received) {
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(
                    Http2Client.END_STREAM,
                    ":method " + method,
                    ":scheme http",
                    ":authority actions.test",
                    ":path /teapot");
            RawResponse response = assertInstanceOf(Outcome.Responded.class, client.await(stream))
                    .response();

            assertEquals(418, response.status());
            assertEquals("8", response.one("content-length"));
            assertEquals(received, response.body().length());
        }
    }

    private static Call call(String target) {
        return Call.get(target).host("actions.test");
    }
}

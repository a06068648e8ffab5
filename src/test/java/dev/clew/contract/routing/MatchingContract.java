package dev.clew.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.testing.OtlpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes with match conditions beyond path pattern and method. */
abstract class MatchingContract extends Contract {

    @ParameterizedTest
    @CsvSource({
        "x-none, 1, /plain",
        "X-VERSION, 2, /exact",
        "x-version, 22, /plain",
        "x-version, '', /plain",
        "x-beta, '', /present",
        "x-beta, 1, /present",
        "user-agent, A Mobile browser, /mobile",
        "user-agent, A mobile browser, /plain",
    })
    void matchesByHeader(String name, String value, String expected) {
        assertEquals(expected, path(Call.get("/m").header(name, value)));
    }

    @Test
    void prefersTheRouteWithMoreHeaderMatches() {
        assertEquals("/both", path(Call.get("/m?lang=de").header("x-beta", "1").header("x-version", "2")));
    }

    @Test
    void takesSeveralLinesOfAHeaderForOneValue() {
        assertEquals("/plain", path(Call.get("/m").header("x-version", "2").header("x-version", "3")));
    }

    @ParameterizedTest
    @CsvSource({
        "/m?lang=de, /german",
        "/m?lang=fr, /plain",
        "/m?a=1&l%61ng=d%65, /german",
        "/m?lang=fr&lang=de, /plain",
        "/m?Lang=de, /plain",
        "/m?page=12, /numbered",
        "/m?page=12x, /plain",
        "/m?page, /plain",
    })
    void matchesByQueryParameter(String target, String expected) {
        assertEquals(expected, path(Call.get(target)));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/a, /expression",
        "/v22/, /expression",
        "/v1, /below",
        "/v1/named, /expression",
        "/v7/named, /named",
        "/x/../v3/a, /expression",
        "/%763/a, /expression",
        "/v1/a;x, /expression",
    })
    void matchesByRegularExpressionBehindExactPathsAndBeforePrefixes(String path, String expected) {
        assertEquals(expected, path(Call.get(path)));
    }

    @Test
    void decidesAHostilePathAgainstAHostileExpression() {
        assertEquals("/hostile", path(Call.get("/hostile/" + "a".repeat(900) + "b")));
        send(call("/hostile/" + "a".repeat(900) + "c")).assertProblem(404, "unknown-route");
        send(call("/hostile/" + "a".repeat(6_000) + "b")).assertProblem(404, "unknown-route");
        world.assertNoEventLoopBlocked();
    }

    @Test
    void namesTheExpressionAsTheRouteTemplate() {
        RawResponse response = send(call("/v5/secret"));
        OtlpServer.Received server = trace(response.traceId()).server();

        assertEquals("GET /v[0-9]+/.*", server.span().getName());
        assertEquals("/v[0-9]+/.*", server.attribute("http.route"));
    }

    private String path(Call call) {
        String uri = send(call.host("matching.test")).echoed().uri();
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static Call call(String target) {
        return Call.get(target).host("matching.test");
    }
}

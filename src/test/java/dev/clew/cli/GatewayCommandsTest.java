package dev.clew.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a running gateway. */
class GatewayCommandsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SUMMARY = "{\"id\":\"00f067aa0ba902b7\",\"traceId\":\"" + TRACE
            + "\",\"time\":\"2026-11-28T01:00:00.000001Z\",\"durationMs\":41.5,\"tenant\":\"acme\","
            + "\"route\":\"orders\","
            + "\"host\":\"acme.test\",\"method\":\"GET\",\"path\":null,\"status\":502,\"error\":\"upstream-reset\"}";
    private static final String WHOLE = SUMMARY.substring(0, SUMMARY.length() - 1)
            + ",\"story\":\"`acme` failed\",\"attempts\":[{\"endpoint\":\"10.0.0.1:80\",\"connection\":\"new\","
            + "\"connectMs\":1.5,\"error\":\"connect-failure\"}],"
            + "\"trail\":[{\"step\":\"tenant\",\"verdict\":\"acme\",\"why\":\"by host\",\"atMs\":null},"
            + "{\"step\":\"end\",\"verdict\":\"502\",\"why\":\"\",\"atMs\":41.5}],"
            + "\"links\":[{\"destination\":\"default\",\"url\":\"https://tempo.test/x\"}]}";

    private final StubGateway gateway = new StubGateway();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        gateway.close();
    }

    private CommandRun run(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.add("--gateway");
        all.add(gateway.url());
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void aTraceIsShownWithItsStoryAttemptsAndTrail() {
        gateway.responds("/api/v1/requests", "{\"requests\":[" + SUMMARY + "]}")
                .responds("/api/v1/requests/00f067aa0ba902b7", WHOLE);

        CommandRun run = run("trace", "00-" + TRACE + "-00f067aa0ba902b7-01");

        assertEquals(
                List.of(
                        "`acme` failed",
                        "  2026-11-28T01:00:00.000001Z 502 41.5ms acme orders GET acme.test - upstream-reset " + TRACE,
                        "  attempt 1  10.0.0.1:80  connect-failure  new connection, connect 1.5ms",
                        "  tenant  acme  by host",
                        "  end     502   41.5ms",
                        "  https://tempo.test/x",
                        ""),
                run.lines());
        assertEquals(0, run.code());
        assertTrue(gateway.asked().get(0).contains("trace-id=" + TRACE), gateway.asked()::toString);
    }

    @Test
    void anUnknownTraceIsANegativeResult() {
        gateway.responds(
                "/api/v1/requests",
                "{\"requests\":[],\"replicas\":{\"missing\":[{\"replica\":\"b\",\"why\":\"late\"}]}}");

        CommandRun run = run("trace", TRACE);

        assertEquals(1, run.code());
        assertEquals("replica b did not respond: late\nno request of " + TRACE + " is kept\n", run.err());
        assertEquals(2, run("trace", "no-id").code());
    }

    @Test
    void theCoverageOfEachUpstreamIsAGate() {
        gateway.responds(
                "/api/v1/coverage",
                "{\"coverage\":[{\"tenant\":\"acme\",\"upstream\":\"orders\",\"continued\":99,\"contradicted\":0,"
                        + "\"silent\":1},{\"tenant\":\"acme\",\"upstream\":\"old\",\"continued\":0,\"contradicted\":0,"
                        + "\"silent\":3}]}");

        assertEquals(0, run("coverage").code());
        assertEquals(1, run("coverage", "--fail-under", "99").code());
        assertEquals(
                0, run("coverage", "--fail-under", "99", "--upstream", "orders").code());
        assertEquals(
                1,
                run("coverage", "--fail-under", "99.5", "--upstream", "orders").code());
        assertEquals(0, run("coverage", "--fail-under", "99", "--minimum", "10").code());
        CommandRun nothing = run("coverage", "--fail-under", "99", "--tenant", "globex");
        assertEquals(1, nothing.code());
        assertEquals("no upstream has had 1 responses: nothing to judge\n", nothing.err());
        assertEquals(2, run("coverage", "--fail-under", "much").code());
    }

    @Test
    void theCoverageOfATimeCountsItsResponsesOnly() {
        String before = "{\"coverage\":[{\"tenant\":\"a\",\"upstream\":\"b\",\"continued\":0,\"silent\":50}]}";
        String after = "{\"coverage\":[{\"tenant\":\"a\",\"upstream\":\"b\",\"continued\":10,\"silent\":50}]}";
        gateway.responds("/api/v1/coverage", before, after);

        CommandRun run = run("coverage", "--for", "0s", "--fail-under", "100", "-o", "json");

        JsonObject row = new JsonObject(run.out()).getJsonArray("coverage").getJsonObject(0);
        assertEquals(10, row.getInteger("continued"));
        assertEquals(0, run.code());
    }

    @Test
    void requestsArePrintedAsTheyEnd() {
        gateway.responds(
                "/api/v1/requests/stream",
                "retry: 2000\n\n:\n\nevent: dropped\ndata: {\"count\":7}\n\nevent: request\ndata: " + SUMMARY
                        + "\n\nevent: request\ndata: " + SUMMARY + "\n\n");

        CommandRun run = run("tail", "-n", "1", "--tenant", "acme", "--status", "5xx");

        assertEquals(0, run.code());
        assertEquals(1, run.lines().size());
        assertEquals("7 requests are left out: too many to print\n", run.err());
        assertTrue(gateway.asked().get(0).endsWith("?tenant=acme&status=5xx"), gateway.asked()::toString);
        assertEquals(3, run("tail").code());
    }

    @Test
    void topShowsTheBusiestRoutesAndOpenCircuits() {
        gateway.responds(
                        "/api/v1/statistics",
                        "{\"routes\":[{\"tenant\":\"acme\",\"route\":\"a\",\"requests\":1,\"errors4xx\":0,"
                                + "\"errors5xx\":1,\"p50Ms\":1.0,\"p95Ms\":2.0,\"p99Ms\":3.0},"
                                + "{\"tenant\":\"acme\",\"route\":null,\"requests\":9}]}")
                .responds(
                        "/api/v1/upstreams",
                        "{\"upstreams\":[{\"tenant\":\"acme\",\"name\":\"x\",\"circuit\":\"open\"},"
                                + "{\"tenant\":\"acme\",\"name\":\"y\",\"circuit\":\"closed\"}]}");

        CommandRun run = run("top");

        assertEquals(
                List.of(
                        "TENANT  ROUTE  REQUESTS  4XX  5XX  P50    P95    P99",
                        "acme    -      9         0    0    -      -      -",
                        "acme    a      1         0    1    1.0ms  2.0ms  3.0ms",
                        "circuit open: acme x"),
                run.lines());
    }

    @Test
    void theRunningConfigurationIsComparedAndShown() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("tenants")).resolve("acme.yaml"),
                "hosts: [acme.test]\nroutes: [{name: a, match: {path: /a}, respond: {status: 200}}]\n");
        gateway.responds("/api/v1/tenants", "{\"tenants\":[{\"id\":\"gone\"}]}")
                .responds(
                        "/api/v1/tenants/gone",
                        "{\"values\":[{\"key\":\"suspended\",\"value\":true,\"source\":{\"kind\":\"file\",\"file\":"
                                + "\"tenants/gone.yaml\",\"line\":3}}]}")
                .responds("/api/v1/destinations", "{\"destinations\":[{\"name\":\"default\"},{\"name\":\"apm\"}]}");

        assertEquals(
                List.of("+ acme tenant", "- gone tenant", "- destination apm"),
                run("diff", folder.toString()).lines());
        assertEquals(
                List.of("gone", "  suspended  true  tenants/gone.yaml:3"),
                run("config", "show", "--tenant", "gone").lines());
    }

    @Test
    void aTokenIsReadFromAFile() throws IOException {
        gateway.requires("s3cret").responds("/api/v1/coverage", "{\"coverage\":[]}");
        Path token = Files.writeString(folder.resolve("token"), "s3cret\n");

        CommandRun without = run("coverage");
        assertEquals(3, without.code());
        assertEquals("clew: " + gateway.url() + " requires a token (--token-file)\n", without.err());
        assertEquals(0, run("coverage", "--token-file", token.toString()).code());
        assertEquals(
                3,
                run("coverage", "--token-file", folder.resolve("none").toString())
                        .code());
    }

    @Test
    void aGatewayThatIsAwayIsAFailureInOneLine() {
        String url = gateway.url();
        gateway.close();

        CommandRun run = CommandRun.of("coverage", "--gateway", url);

        assertEquals(3, run.code());
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().startsWith("clew: " + url + " does not respond ("), run.err());
        assertEquals(3, CommandRun.of("coverage", "--gateway", "me:pw@host").code());
    }
}

package dev.clew.contract.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recipes in docs/kubernetes.md: the page's commands, and the destinations of spans after them. */
class TelemetryRecipesIT {

    private static final Path PAGE = Path.of("docs/kubernetes.md");

    private final OtlpServer other = OtlpServer.start();
    private OwnWorld world;
    private Pod pod;

    @BeforeEach
    void start() throws Exception {
        world = OwnWorld.start();
        Cluster cluster = Cluster.applied();
        cluster.run(
                """
                kubectl patch configmap clew-tenants --patch '
                data:
                  acme.yaml: |
                    hosts: [acme.localhost]
                    upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
                    routes: [{name: all, match: {path: /**}, upstream: echo}]
                  always.yaml: |
                    hosts: [always.test]
                    tracing: {sampling: {ratio: 1}}
                    upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
                    routes: [{name: all, match: {path: /**}, upstream: echo}]
                '
                kubectl patch configmap clew-telemetry --patch '
                data: {OTEL_EXPORTER_OTLP_ENDPOINT: "BACKEND", OTEL_BSP_SCHEDULE_DELAY: "50"}
                '"""
                        .replace("ECHO", Integer.toString(world.echo().port()))
                        .replace("BACKEND", world.otlp().endpoint()));
        pod = new Pod(cluster, Map.of("CLEW_WARM_UP_TIME", "0s"));
        assertArrives(world.otlp(), call());
    }

    @AfterEach
    void close() throws IOException {
        pod.close();
        world.close();
        other.close();
    }

    /** Returns the blocks of commands under a heading. */
    private static List<String> recipe(String heading) throws IOException {
        String text = Files.readString(PAGE);
        int begin = text.indexOf("\n## " + heading + "\n");
        assertTrue(begin >= 0, heading);
        int end = text.indexOf("\n## ", begin + 1);
        String section = end < 0 ? text.substring(begin) : text.substring(begin, end);
        return Stream.of(section.split("```sh\n", -1))
                .skip(1)
                .map(block -> block.substring(0, block.indexOf("```")))
                .toList();
    }

    private static String only(List<String> blocks) {
        assertEquals(1, blocks.size());
        return blocks.get(0);
    }

    private String call() {
        return call("acme.localhost");
    }

    private String call(String host) {
        RawResponse response = pod.gateway().send(Call.get("/orders/1").host(host));
        assertEquals(200, response.status());
        return response.traceId();
    }

    private static Received assertArrives(OtlpServer backend, String traceId) {
        return backend.awaitSpan(
                span -> Trace.isServer(span) && Trace.traceId(span).equals(traceId));
    }

    private static boolean has(OtlpServer backend, String traceId) {
        return backend.spans().stream().anyMatch(span -> Trace.traceId(span).equals(traceId));
    }

    private long pid() {
        return pod.gateway().pid();
    }

    @Test
    void pointsAtAnotherCollector() throws IOException {
        pod.run(only(recipe("Point at another collector"))
                .replace("http://collector.observability:4318", other.endpoint()));
        String traceId = call();

        assertArrives(other, traceId);
        assertFalse(has(world.otlp(), traceId));
    }

    @Test
    void addsABackendForOneTenantWithoutARestart() throws IOException {
        long before = pid();
        pod.run(only(recipe("Add a backend for one tenant"))
                .replace("http://apm.acme:4318", other.endpoint())
                .replace(
                        "http://orders.acme:8080",
                        "http://127.0.0.1:" + world.echo().port()));
        Await.until("spans at the new backend", () -> {
            call();
            return !other.spans().isEmpty();
        });
        String own = call();
        String others = call("always.test");

        assertArrives(other, own);
        assertArrives(world.otlp(), own);
        assertArrives(world.otlp(), others);
        assertFalse(has(other, others));
        assertEquals(before, pid());
    }

    @Test
    void addsACredential() throws IOException {
        pod.run(only(recipe("Add a credential")));

        assertEquals("first", assertArrives(world.otlp(), call()).headers().get("api-key"));
    }

    @Test
    void rotatesACredentialWithoutARestart() throws IOException {
        long before = pid();
        List<String> blocks = recipe("Rotate a credential");
        assertEquals(2, blocks.size());
        for (String[] step : new String[][] {{blocks.get(0), "first"}, {blocks.get(1), "second"}}) {
            pod.run(step[0]);
            Await.until(
                    "credential " + step[1],
                    () -> step[1].equals(
                            assertArrives(world.otlp(), call()).headers().get("api-key")));
        }
        assertEquals(before, pid());
    }

    @Test
    void changesSampling() throws IOException {
        String commands = only(recipe("Change sampling"));
        assertTrue(commands.contains("\"0.1\""));
        // A ratio of 0: with a tenth, any request could be sampled.
        pod.run(commands.replace("\"0.1\"", "\"0\""));
        String traceId = call();

        assertArrives(world.otlp(), call("always.test"));
        assertFalse(has(world.otlp(), traceId));
    }

    @Test
    void turnsExportOff() throws Exception {
        int before = world.otlp().requests();
        pod.run(only(recipe("Turn export off")));
        call();
        pod.gateway().terminate();
        pod.gateway().awaitExit();

        assertEquals(before, world.otlp().requests());
    }

    @Test
    void testsEveryRecipe() throws IOException {
        List<String> headings = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("## "))
                .toList();
        String here = Files.readString(Path.of("src/test/java/dev/clew/contract/deployment/TelemetryRecipesIT.java"));

        assertEquals(6, headings.size());
        assertEquals(
                List.of(),
                headings.stream()
                        .filter(heading -> !here.contains("recipe(\"" + heading.substring(3) + "\")"))
                        .toList());
    }
}

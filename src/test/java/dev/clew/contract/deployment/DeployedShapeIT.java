package dev.clew.contract.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.client.TlsCaller;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.FreePort;
import dev.clew.testing.OtlpServer.Received;
import dev.clew.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged gateway as the Deployment starts it. */
class DeployedShapeIT {

    private OwnWorld world;
    private Cluster cluster;

    @BeforeEach
    void apply() throws IOException {
        world = OwnWorld.start();
        cluster = Cluster.applied();
        cluster.run(tenant("first.test"));
        cluster.run("kubectl patch configmap clew-telemetry --patch '{data: {OTEL_EXPORTER_OTLP_ENDPOINT: \"%s\","
                        .formatted(world.otlp().endpoint())
                + " OTEL_BSP_SCHEDULE_DELAY: \"50\", OTEL_RESOURCE_ATTRIBUTES: "
                + "\"deployment.environment.name=test\"}}'");
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    private String tenant(String host) {
        return """
                kubectl patch configmap clew-tenants --patch '
                data:
                  own.yaml: |
                    hosts: [%s]
                    upstreams:
                      echo: {endpoints: ["http://127.0.0.1:%d"]}
                      hand: {endpoints: ["http://127.0.0.1:%d"]}
                    routes:
                      - {name: hand, match: {path: /hand/**}, upstream: hand}
                      - {name: all, match: {path: /**}, upstream: echo}
                '"""
                .formatted(host, world.echo().port(), world.hand().port());
    }

    @Test
    void servesItsTenantsAndSaysInSpansWhichPodItIs() throws Exception {
        try (Pod pod = new Pod(cluster)) {
            RawResponse response = pod.gateway().send(Call.get("/x").host("first.test"));
            assertEquals(200, response.status());
            assertEquals(
                    502,
                    pod.gateway()
                            .send(Call.get("/orders/1").host("acme.localhost"))
                            .status());
            assertEquals(200, pod.gateway().metrics().readiness());
            Received span = world.otlp()
                    .awaitSpan(
                            each -> Trace.isServer(each) && Trace.spanId(each).equals(response.spanId()));
            assertEquals("edge", span.resourceAttribute("k8s.namespace.name"));
            assertEquals("clew-7d4-x2", span.resourceAttribute("k8s.pod.name"));
            assertEquals("node-1", span.resourceAttribute("k8s.node.name"));
            assertEquals("test", span.resourceAttribute("deployment.environment.name"));
        }
    }

    @Test
    void runsAsTheUserOfTheDeploymentWithoutAnyCapability() throws Exception {
        try (Pod pod = new Pod(cluster)) {
            assumeTrue(pod.isContained(), "needs root and Linux");
            String status = Files.readString(Path.of("/proc/" + pod.gateway().pid() + "/status"));
            assertTrue(status.contains("Uid:\t10001\t10001\t10001\t10001"), status);
            assertTrue(status.contains("CapEff:\t0000000000000000"), status);
            assertTrue(status.contains("CapBnd:\t0000000000000000"), status);
            assertTrue(Files.readAllLines(Path.of("/proc/" + pod.gateway().pid() + "/mounts")).stream()
                    .filter(line -> line.split(" ", -1)[1].equals("/"))
                    .allMatch(line -> line.split(" ", -1)[3].startsWith("ro")));
        }
    }

    @Test
    void takesAChangedConfigMapWithoutARestart() throws Exception {
        try (Pod pod = new Pod(cluster)) {
            assertEquals(404, status(pod, "second.test"));
            pod.run(tenant("second.test"));
            Await.until("second host", () -> status(pod, "second.test") == 200);
            assertEquals(404, status(pod, "first.test"));
        }
    }

    private static int status(Pod pod, String host) {
        return pod.gateway().send(Call.get("/x").host(host)).status();
    }

    @Test
    void finishesWhatIsUnderWayWhenItIsToGo() throws Exception {
        try (Pod pod = new Pod(cluster);
                RawClient client = pod.gateway().connect()) {
            client.send(Call.get("/hand/slow").host("first.test"));
            Turn turn = world.hand().take("/hand/slow");
            pod.gateway().terminate();
            Await.until(
                    "503 from the readiness probe",
                    () -> pod.gateway().metrics().readiness() == 503);
            assertEquals(200, status(pod, "first.test"));
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone").done();
            RawResponse response = client.read();
            assertEquals(200, response.status());
            pod.gateway().awaitExit();
            world.otlp()
                    .awaitSpan(
                            span -> Trace.isServer(span) && Trace.spanId(span).equals(response.spanId()));
        }
    }

    @Test
    void startsWithoutAnythingOptional() throws Exception {
        cluster.deleteConfigMap("clew-telemetry");
        try (Pod pod = new Pod(cluster)) {
            assertEquals(200, status(pod, "first.test"));
            assertEquals(200, pod.gateway().metrics().readiness());
        }
    }

    @Test
    void speaksTlsOnceThereIsASecretWithACertificate(@TempDir Path certificates) throws Exception {
        TestCertificate.create(certificates, "first.test");
        cluster.putSecret(
                "clew-tls",
                Map.of(
                        "tls.crt", Files.readString(certificates.resolve("first.test.crt")),
                        "tls.key", Files.readString(certificates.resolve("first.test.key"))));
        int port = FreePort.any();
        try (Pod pod = new Pod(cluster)) {
            pod.start(Map.of("QUARKUS_HTTP_SSL_PORT", Integer.toString(port)));
            Call call = Call.get("/x").host("first.test");
            assertEquals(200, TlsCaller.of(port).send("first.test", call).status());
        }
    }
}

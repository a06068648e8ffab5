package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged gateway, whose management port requires a token. */
class ManagementTokenIT {

    private static final String FIRST = "first-token-0123456789";
    private static final String SECOND = "second-token-012345678";
    private static final String FILE = "secrets/management-token";
    private static final List<String> CLOSED = List.of(
            "/q/metrics",
            "/q/config",
            "/q/telemetry",
            "/q/coverage",
            "/q/traces/x",
            "/q/health/../config",
            "/",
            "/api",
            "/api/v1/requests",
            "/api/v1/no-such-path",
            "/api/v1/../../q/config",
            "/console",
            "/console/x",
            "/q/openapi");

    private static RawResponse get(GatewayProcess gateway, String path, String... lines) {
        try (RawClient client = new RawClient("127.0.0.1", gateway.metrics().managementPort())) {
            String more = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
            return client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n")
                    .read();
        }
    }

    private static RawResponse with(GatewayProcess gateway, String token) {
        return get(gateway, "/q/metrics", "Authorization: Bearer " + token);
    }

    private static GatewayProcess gateway(OwnWorld world) throws IOException {
        return GatewayProcess.start(
                world.folder(),
                Map.of(
                        "CLEW_MANAGEMENT_TOKEN_FILE", FILE,
                        "CLEW_MANAGEMENT_HOSTS", "clew.internal.example",
                        "CLEW_CONFIG_POLL", "10ms",
                        "OTEL_TRACES_EXPORTER", "none"));
    }

    @Test
    void asksForTheTokenThatTheFileHoldsNow() throws IOException {
        try (OwnWorld world = OwnWorld.start()) {
            Path file = world.folder().resolve(FILE);
            Files.createDirectories(file.getParent());
            Files.writeString(file, FIRST + "\n");
            try (GatewayProcess gateway = gateway(world)) {
                assertEquals(200, with(gateway, FIRST).status());
                assertEquals(401, with(gateway, SECOND).status());
                Files.writeString(file, SECOND + "\n");
                Await.until("the new token", () -> with(gateway, SECOND).status() == 200);
                assertEquals(401, with(gateway, FIRST).status());
                Files.delete(file);
                Await.until("no token", () -> with(gateway, SECOND).status() == 401);
                assertFalse(String.join("", gateway.output()).contains(SECOND));
            }
        }
    }

    @Test
    void withoutATokenProbesAreServedAndNothingElse() throws IOException {
        try (OwnWorld world = OwnWorld.start();
                GatewayProcess gateway = gateway(world)) {
            for (String path : CLOSED) {
                RawResponse rejected = get(gateway, path);
                assertEquals(401, rejected.status(), path);
                assertEquals("Bearer realm=\"clew\"", rejected.one("www-authenticate"));
                assertEquals("application/problem+json", rejected.one("content-type"));
                assertEquals("credentials-missing", new JsonObject(rejected.body()).getString("code"));
            }
            assertEquals(200, get(gateway, "/q/health/live").status());
            assertEquals(200, get(gateway, "/q/health/ready").status());
        }
    }

    @Test
    void aTokenForSomeTenantsOpensTheApiAndNothingOfTheGateway() throws IOException {
        try (OwnWorld world = OwnWorld.start()) {
            Path file = world.folder().resolve(FILE);
            Files.createDirectories(file.getParent());
            Files.writeString(file, FIRST + "\n" + SECOND + " acme\n");
            try (GatewayProcess gateway = gateway(world)) {
                String some = "Authorization: Bearer " + SECOND;
                assertEquals(200, get(gateway, "/api/v1/tenants", some).status());
                for (String path : List.of("/q/metrics", "/q/config", "/q/openapi", "/")) {
                    RawResponse rejected = get(gateway, path, some);
                    assertEquals(403, rejected.status(), path);
                    assertEquals("access-denied", new JsonObject(rejected.body()).getString("code"));
                }
                assertEquals(200, with(gateway, FIRST).status());
            }
        }
    }

    /** A browser cannot send a field with its first request: it is asked for the token, and then sends a cookie. */
    @Test
    void aBrowserIsAskedForTheTokenAndThenLoadsTheConsole() throws IOException {
        try (OwnWorld world = OwnWorld.start()) {
            Path file = world.folder().resolve(FILE);
            Files.createDirectories(file.getParent());
            Files.writeString(file, FIRST + "\n");
            try (GatewayProcess gateway = gateway(world)) {
                RawResponse asked = get(gateway, "/console/", "Accept: text/html");
                assertEquals(401, asked.status());
                assertEquals("text/html; charset=utf-8", asked.one("content-type"));
                assertTrue(asked.one("content-security-policy").startsWith("default-src 'none'"), asked::toString);
                RawResponse shown = get(gateway, "/console/", "Authorization: Bearer " + FIRST);
                String cookie = shown.one("set-cookie");
                assertTrue(cookie.contains("Path=/console; HttpOnly; SameSite=Strict"), cookie);
                String value = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
                assertNotEquals(401, get(gateway, "/console/", value).status());
                assertEquals(401, get(gateway, "/api/v1/tenants", value).status());
                assertEquals(401, get(gateway, "/q/config", value).status());
                assertEquals(401, get(gateway, "/console/", value + "0").status());
            }
        }
    }
}

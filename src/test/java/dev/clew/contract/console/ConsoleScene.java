package dev.clew.contract.console;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.EchoUpstream;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A packaged gateway with two tenants, one of whose endpoints refuses connections. */
final class ConsoleScene implements AutoCloseable {

    static final String HOST = "acme.example.com";
    static final String BROKEN = "tenants/initech.yaml";

    private static final String GATEWAY =
            """
            destinations: {default: {trace-link: "https://tempo.example/trace/{trace_id}"}}
            tenant-defaults: {circuit-breaker: {connect-failures: 0}}
            """;

    private static final String ACME =
            """
            hosts: [acme.example.com]
            limits: {requests-per-second: 200, burst: 400, concurrent-requests: 100}
            tracing: {keep: {errors: true, slower-than: 500ms}}
            upstreams:
              orders:
                endpoints: ["http://127.0.0.9:1", "http://127.0.0.1:ECHO"]
                retry: {attempts: 2, on: [connect-failure]}
                ejection: {failures: 1000}
              payments:
                endpoints: ["http://127.0.0.9:1"]
                retry: {attempts: 2, on: [connect-failure]}
              reports:
                endpoints: ["http://127.0.0.1:ECHO"]
            routes:
              - {name: orders, match: {path: "/orders/**", methods: [GET]}, upstream: orders, rewrite: {path: /slow/30}}
              - {name: checkout, match: {path: "/checkout/**"}, upstream: payments}
              - {name: report, match: {path: /report}, upstream: reports, rewrite: {path: /slow/600}}
              - {name: items, match: {path: "/items/**"}, upstream: reports}
            """;

    private static final String GLOBEX =
            """
            hosts: [globex.example.com]
            upstreams:
              stock:
                endpoints: ["http://127.0.0.1:ECHO"]
            routes:
              - {name: stock, match: {path: "/stock/**"}, upstream: stock}
            """;

    private final EchoUpstream echo = EchoUpstream.start();
    private final Path folder;
    private final GatewayProcess gateway;

    private ConsoleScene(Map<String, String> environment) throws IOException {
        this.folder = Files.createTempDirectory("clew-console");
        write("gateway/gateway.yaml", GATEWAY);
        write("tenants/acme.yaml", ACME);
        write("tenants/globex.yaml", GLOBEX);
        Map<String, String> all = new HashMap<>(environment);
        all.put("CLEW_CONFIG_POLL", "50ms");
        all.put("OTEL_TRACES_EXPORTER", "none");
        this.gateway = GatewayProcess.start(folder, all);
    }

    static ConsoleScene start(Map<String, String> environment) throws IOException {
        return new ConsoleScene(environment);
    }

    void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content.replace("ECHO", Integer.toString(echo.port())));
    }

    /** Writes a tenant's file that is rejected, and waits until it is. */
    void breakTenant() throws IOException {
        write(
                BROKEN,
                """
                hosts: [initech.example.com]
                upstreams:
                  shop: {endpoints: ["http://127.0.0.1:ECHO"]}
                routes:
                  - name: stock
                    match: {path: /stock/**}
                    upstrem: shop
                """);
        Await.until("the problem", () -> problems().contains("upstrem"));
    }

    void mend() throws IOException {
        Files.delete(folder.resolve(BROKEN));
        Await.until("no problem", () -> !problems().contains("upstrem"));
    }

    private String problems() {
        return gateway.metrics().page("/api/v1/problems");
    }

    RawResponse send(Call call) {
        return gateway.send(call.host(HOST));
    }

    void toGlobex(String path) {
        gateway.send(Call.get(path).host("globex.example.com"));
    }

    /** Sends one of each kind: ordinary, retried, failed, slow, rejected. */
    void sendOfEachKind() {
        for (int i = 0; i < 8; i++) {
            send(Call.get("/items/" + i));
            toGlobex("/stock/" + i);
        }
        for (int i = 0; i < 4; i++) {
            send(Call.get("/orders/" + i));
        }
        send(Call.get("/report"));
        send(Call.get("/order/17"));
        gateway.send(Call.get("/").host("nobody.example.com"));
        send(Call.of("POST", "/checkout/17"));
        send(Call.get("/items/9"));
    }

    String origin() {
        return "http://localhost:" + gateway.metrics().managementPort();
    }

    @Override
    public void close() {
        gateway.close();
        echo.close();
    }
}

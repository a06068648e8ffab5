package dev.clew.contract.world;

import dev.clew.contract.server.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tenant whose upstreams have circuit breakers; each upstream has a route of the same name. */
public final class CircuitFiles {

    public static final String HOST = "circuit.test";

    private static final String UPSTREAMS =
            """
              dead: {endpoints: [REFUSED], circuit-breaker: {connect-failures: 3, open-for: 90s}}
              dead-told: {endpoints: [REFUSED], circuit-breaker: {connect-failures: 3, open-for: 90s}}
              dead-for-calls: {endpoints: [REFUSED], circuit-breaker: {connect-failures: 1, open-for: 90s}}
              dead-mirror: {endpoints: [REFUSED], circuit-breaker: {connect-failures: 1, open-for: 90s}}
              half-dead: {endpoints: [REFUSED, WELL], circuit-breaker: {connect-failures: 1, open-for: 90s}}
              failing:
                endpoints: [WELL]
                circuit-breaker: {consecutive-failures: 2, server-errors: true, open-for: 50ms}
              forgiving: {endpoints: [WELL], circuit-breaker: {consecutive-failures: 1, open-for: 90s}}
              mixed:
                endpoints: [WELL]
                circuit-breaker:
                  {failure-ratio: 0.5, minimum-requests: 4, window: 1h, server-errors: true, open-for: 90s}
              checked:
                endpoints: [WELL]
                health-check: {path: /healthz/circuit, interval: 50ms, timeout: 10s}
                circuit-breaker: {consecutive-failures: 1, server-errors: true, open-for: 24h}
              retried:
                endpoints: [WELL]
                retry: {attempts: 5, on: [503]}
                circuit-breaker: {consecutive-failures: 2, server-errors: true, open-for: 90s}
              broken: {endpoints: [HAND], circuit-breaker: {consecutive-failures: 2, open-for: 90s}}
              left: {endpoints: [HAND], circuit-breaker: {consecutive-failures: 1, open-for: 90s}}
              silent:
                endpoints: [HAND]
                timeout: {idle: 300ms}
                circuit-breaker: {consecutive-failures: 1, open-for: 90s}
              full:
                endpoints: [HAND]
                connections: 1
                timeout: {connect: 60s}
                circuit-breaker: {consecutive-failures: 1, open-for: 90s}
            """;

    private CircuitFiles() {}

    static void write(Path folder, Replica well, int hand, int refused) throws IOException {
        StringBuilder routes = new StringBuilder("routes:\n");
        UPSTREAMS
                .lines()
                .filter(line -> line.startsWith("  ") && line.charAt(2) != ' ')
                .forEach(line -> {
                    String name = line.substring(2, line.indexOf(':'));
                    routes.append("  - {name: %1$s, match: {path: /%1$s/**}, upstream: %1$s}\n".formatted(name));
                });
        routes.append("  - {name: copied, match: {path: /copied/**}, upstream: forgiving,"
                + " mirror: {upstream: dead-mirror}}\n");
        String upstreams = UPSTREAMS
                .replace("REFUSED", "\"http://127.0.0.1:" + refused + '"')
                .replace("WELL", "\"http://" + well.name() + ":" + well.port() + '"')
                .replace("HAND", "\"http://127.0.0.1:" + hand + '"');
        Path tenants = Files.createDirectories(folder.resolve("tenants"));
        Files.writeString(tenants.resolve("circuit.yaml"), "hosts: [" + HOST + "]\nupstreams:\n" + upstreams + routes);
    }
}

package dev.clew.contract.world;

import dev.clew.contract.server.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tenant whose upstreams have several addresses; each upstream has a route of the same name. */
public final class FleetFiles {

    public static final String HOST = "fleet.test";

    private static final String UPSTREAMS =
            """
              turns: {endpoints: [A, B, C]}
              weighted: {endpoints: [A, B], balancing: {weights: [3, 1]}}
              least: {endpoints: [A, B], balancing: {policy: least-requests}}
              by-header: {endpoints: [A, B, C], balancing: {policy: hash, header: X-User}}
              by-cookie: {endpoints: [A, B, C], balancing: {policy: hash, cookie: session}}
              by-address: {endpoints: [A, B, C], balancing: {policy: hash}}
              checked:
                endpoints: [A, B]
                health-check: {path: /healthz/checked, interval: 50ms, timeout: 10s, healthy-after: 1, unhealthy-after: 2}
              all-sick:
                endpoints: [A, B]
                health-check: {path: /healthz/sick, interval: 50ms, timeout: 10s, unhealthy-after: 1, statuses: [204]}
              ejecting: {endpoints: [A, B], ejection: {failures: 2, server-errors: true, time: 24h, longest: 24h}}
              returning: {endpoints: [A, B], ejection: {failures: 1, server-errors: true, time: 100ms}}
              floored: {endpoints: [A, B, C], ejection: {failures: 1, server-errors: true, time: 24h, longest: 24h}}
              alone: {endpoints: [A], ejection: {failures: 1, server-errors: true, time: 24h}}
              refusing:
                endpoints: ["http://127.0.0.24:PORT", A]
                ejection: {failures: 1, time: 24h, longest: 24h}
                retry: {attempts: 2}
              blameless: {endpoints: [HAND], ejection: {failures: 1, server-errors: true, at-most: 1}}
              moving: {endpoints: ["http://moving.test:PORT"], look-up-every: 50ms}
              lasting: {endpoints: ["http://lasting.test:PORT"], look-up-every: 50ms}
              h2c: {endpoints: [A], protocol: h2c}
              one-stream: {endpoints: [B], protocol: h2c, streams: 1}
              h2c-hand: {endpoints: [HAND], protocol: h2c}
              h2c-many: {endpoints: [HAND], protocol: h2c}
              h2c-mute: {endpoints: [HAND], protocol: h2c, timeout: {connect: 2s}}
              h2c-silent: {endpoints: [HAND], protocol: h2c, timeout: {connect: 2s, response: 2s}}
              h2: {endpoints: [SECURE], protocol: h2, tls: {authorities: tls/upstream.test.crt, server-name: upstream.test}}
              https: {endpoints: [SECURE], tls: {authorities: tls/upstream.test.crt, server-name: upstream.test}}
              secure-checked:
                endpoints: [SECURE]
                tls: {authorities: tls/upstream.test.crt, server-name: upstream.test}
                health-check: {path: /healthz/secure, interval: 50ms, timeout: 10s}
              h2-checked:
                endpoints: [SECURE]
                protocol: h2
                tls: {authorities: tls/upstream.test.crt, server-name: upstream.test}
                health-check: {path: /healthz/h2, interval: 50ms, timeout: 10s}
              untrusted: {endpoints: [SECURE], tls: {server-name: upstream.test}}
              misnamed: {endpoints: [SECURE], tls: {authorities: tls/upstream.test.crt, server-name: other.test}}
              insecure: {endpoints: [SECURE], tls: {insecure: true}}
              nobody: {endpoints: [STRICT], tls: {authorities: tls/upstream.test.crt, server-name: upstream.test}}
              known:
                endpoints: [STRICT]
                tls:
                  authorities: tls/upstream.test.crt
                  server-name: upstream.test
                  certificate: tls/gateway.test.crt
                  key: tls/gateway.test.key
              resets: {endpoints: [HAND], retry: {attempts: 3, on: [reset]}}
              slow: {endpoints: [HAND], timeout: {attempt: 300ms}, retry: {attempts: 2, on: [timeout]}}
              bounded: {endpoints: [HAND], timeout: {request: 300ms}, retry: {attempts: 10, on: [reset, 503]}}
              busy: {endpoints: [HAND], retry: {attempts: 2, on: [429, 503]}}
              buffered: {endpoints: [HAND], retry: {attempts: 2, on: [reset, 503], buffer: 1K}}
              declared: {endpoints: [HAND], retry: {attempts: 2, on: [503], buffer: 1K, methods: [POST], unsafe: true}}
              elsewhere: {endpoints: [A, B], retry: {attempts: 2, on: [503]}}
              budgeted:
                endpoints: [HAND]
                retry: {attempts: 5, on: [503], budget: {share: 0, at-least: 1}}
            """;

    private FleetFiles() {}

    static void write(Path folder, Fleet fleet, int hand) throws IOException {
        StringBuilder routes = new StringBuilder("routes:\n");
        UPSTREAMS
                .lines()
                .filter(line -> line.startsWith("  ") && line.charAt(2) != ' ')
                .forEach(line -> {
                    String name = line.substring(2, line.indexOf(':'));
                    routes.append("  - {name: %1$s, match: {path: /%1$s/**}, upstream: %1$s}\n".formatted(name));
                });
        String upstreams = UPSTREAMS;
        for (int i = 0; i < fleet.replicas().size(); i++) {
            String letter = Character.toString('A' + i);
            Replica replica = fleet.replica(i);
            String url = "\"http://" + replica.name() + ":" + replica.port() + "\"";
            upstreams = upstreams.replaceAll("\\b" + letter + "\\b", url);
        }
        upstreams = upstreams
                .replace("PORT", Integer.toString(fleet.replica(0).port()))
                .replace("SECURE", "\"https://127.0.0.1:" + fleet.secure().port() + '"')
                .replace("STRICT", "\"https://127.0.0.1:" + fleet.strict().port() + '"')
                .replace("HAND", "\"http://127.0.0.1:" + hand + '"');
        Path tenants = Files.createDirectories(folder.resolve("tenants"));
        Files.writeString(
                tenants.resolve("fleet.yaml"),
                "hosts: [fleet.test]\ntracing: {attributes: semconv}\nupstreams:\n" + upstreams + routes);
    }
}

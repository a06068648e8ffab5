package dev.clew.config;

import dev.clew.config.tenant.TenantReader;
import dev.clew.config.tenant.TenantReading;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.TenantLoader.Candidate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads tenants from text, as the file {@code tenants/acme.yaml}. */
public final class TenantFiles {

    public static final String VALID =
            """
            hosts: [acme.localhost, "*.acme.example.com"]
            suspended: false
            tracing:
              inbound: preserve
              sampling: {ratio: 0.25}
            limits: {request-body: 10M}
            upstreams:
              orders:
                endpoints: ["http://orders.acme.svc:8080/base", "https://[::1]"]
                timeout: {connect: 500ms, response: 5s, idle: 2m}
                connections: 32
                pending-requests: 8
                retry: {attempts: 2, on: [connect-failure, 503]}
              stock.v2:
                endpoints: ["http://stock"]
            routes:
              - name: orders
                match: {path: "/orders/{id}/**", methods: [GET, POST]}
                upstream: orders
                rewrite: {path: "/v1/{id}/**"}
              - name: stock
                match: {path: /stock}
                upstream: stock.v2
            """;

    /** As {@link #VALID}, with every setting that a tenant can have. */
    public static final String COMPLETE = VALID.replace("suspended: false", "match: {path-prefix: /acme}")
            .replace(
                    "  sampling: {ratio: 0.25}\n",
                    """
                      sampling: {ratio: 0.25, per-second: 50}
                      trusted-callers: [10.0.0.0/8]
                      keep: {errors: true, slower-than: 2s}
                      export-to: [default, apm]
                      baggage: [user.tier]
                      attributes: semconv
                      capture-headers: {request: [X-Tier], response: [x-cache]}
                    """)
            .replace("response: 5s, idle: 2m", "response: 5s, idle: 2m, attempt: 7s, request: 20s")
            .replace(
                    "    pending-requests: 8\n",
                    """
                        pending-requests: 8
                        protocol: http1
                        streams: 50
                        tls: {server-name: orders.test, insecure: true}
                        balancing: {policy: hash, header: X-User, weights: [3, 1], slow-start: 30s}
                        health-check:
                          path: /healthz
                          interval: 2s
                          timeout: 200ms
                          healthy-after: 1
                          unhealthy-after: 5
                          statuses: [200, 204]
                        ejection: {failures: 5, server-errors: true, time: 10s, longest: 1m, at-most: 0.25}
                        look-up-every: 1s
                        circuit-breaker:
                          connect-failures: 3
                          consecutive-failures: 4
                          failure-ratio: 0.5
                          window: 30s
                          minimum-requests: 50
                          server-errors: true
                          open-for: 5s
                          half-open-requests: 2
                    """)
            .replace(
                    "on: [connect-failure, 503]",
                    "on: [connect-failure, 503], methods: [GET, POST], unsafe: true, buffer: 16K,"
                            + " back-off: {first: 10ms, longest: 1s}, budget: {share: 0.5, at-least: 10}")
            .replace(
                    "10M",
                    "10M, requests-per-second: 200, burst: 400, shared-rate: true, rate-headers: false,"
                            + " concurrent-requests: 100, connections: 500, header-size: 8K, request-duration: 90s")
            .replace(
                    "path: /stock}",
                    """
                    path-regex: /stock, headers: [{name: X-A, value: b}, {name: x-b, regex: .*}],
                          query: [{name: c}]}""")
            .replace(
                    "rewrite: {path: \"/v1/{id}/**\"}\n",
                    """
                    rewrite: {path: "/v1/{id}/**", host: "internal:8080"}
                        request-headers: {set: {X-A: b}, add: {x.b: c}, remove: [x-c]}
                        response-headers: {set: {X-A: b}, add: {x-b: c}, remove: [x-c]}
                        cors: {origins: [https://a.test], methods: [GET], headers: [x-a], expose: [x-b],
                          credentials: true, max-age: 1h}
                      - name: canary
                        match: {path: /canary}
                        split: [{upstream: orders, weight: 90}, {upstream: stock.v2}]
                        sticky: {cookie: session}
                      - name: moved
                        match: {path: /moved}
                        redirect: {scheme: https, host: a.test, port: 8443, path: /new, status: 307}
                      - name: fixed
                        match: {path: /fixed}
                        respond: {status: 503, content-type: text/html, body: <p>}
                    """)
            .replace("    upstream: orders\n", "    upstream: orders\n    tracing: {sampling: {ratio: 1}}\n")
            .replace(
                    "upstreams:\n",
                    """
                    networks: {allow: [10.0.0.0/8], deny: [10.1.0.0/16]}
                    authentication:
                      required: [users]
                      schemes:
                        users:
                          jwt:
                            issuer: https://issuer.test
                            audiences: [shop]
                            algorithms: [ES256]
                            leeway: 1m
                            key-set: {url: "https://issuer.test/keys", refresh: 1m, keep: 2h, cool-down: 30s}
                            identity-headers: {X-Subject: sub}
                            pass: false
                        partners:
                          api-keys:
                            keys: {initech: "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}
                            header: x-key
                            identity-header: x-partner
                            pass: true
                    upstreams:
                    """)
            .replace(
                    "match: {path: /canary}\n",
                    """
                    match: {path: /canary}
                        networks: {allow: [10.0.0.0/8], deny: [10.1.0.0/16]}
                        authentication: {required: [users], scopes: [read], claims: [{name: a, value: b}]}
                    """);

    private TenantFiles() {}

    public static Optional<Candidate> read(byte[] content, Map<String, String> environment, List<Problem> problems) {
        TenantReading reading = new TenantReader(
                        TenantDefaults.STANDARD,
                        environment::get,
                        Path.of("src/test/resources"),
                        Set.of("default", "apm"))
                .read("tenants/acme.yaml", new TenantId("acme"), content, null);
        problems.addAll(reading.problems());
        return reading.candidate();
    }

    public static Optional<Candidate> read(String content) {
        return read(content.getBytes(StandardCharsets.UTF_8), Map.of(), new ArrayList<>());
    }

    /** Returns the problems of a file as users see them. */
    public static List<String> problems(String content, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        Optional<Candidate> candidate = read(content.getBytes(StandardCharsets.UTF_8), environment, problems);
        if (candidate.isPresent() != problems.stream().allMatch(Problem::tolerated)) {
            throw new AssertionError("A tenant and problems: " + problems);
        }
        return problems.stream().map(Problem::toString).toList();
    }

    public static List<String> problems(String content) {
        return problems(content, Map.of());
    }

    /** Returns the problems of {@link #VALID} with one line replaced. */
    public static List<String> problemsWith(String line, String replacement) {
        if (!VALID.contains(line)) {
            throw new AssertionError("Not in the valid file: " + line);
        }
        return problems(VALID.replace(line, replacement));
    }
}

package dev.clew.contract.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tenants of the contracts about spans and limits, which differ in one policy. */
public final class SpanFiles {

    private static final String TENANT =
            """
            hosts: [NAME.test, "*.NAME.test"]
            POLICY
            upstreams:
              echo: {endpoints: ["http://127.0.0.1:ECHO"]}
              flaky: {endpoints: ["http://127.0.0.1:ECHO"], retry: {attempts: 3, on: [503]}}
              hand: {endpoints: ["http://127.0.0.1:HAND"], connections: 1000}
              hasty:
                endpoints: ["http://127.0.0.1:HAND"]
                timeout: {connect: 300ms, response: 300ms, idle: 300ms}
              one: {endpoints: ["http://127.0.0.1:HAND"], connections: 1, pending-requests: 0}
              wire: {endpoints: ["http://127.0.0.1:WIRE"]}
              full: {endpoints: ["http://127.0.0.1:FULL"], timeout: {connect: 300ms}}
              refused: {endpoints: ["http://127.0.0.1:REFUSED"]}
              refused-twice:
                endpoints: ["http://127.0.0.1:REFUSED"]
                retry: {attempts: 2, on: [connect-failure]}
            routes:
              - {name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}
              - {name: read-only, match: {path: /read-only/**, methods: [GET]}, upstream: echo}
              - {name: flaky, match: {path: /flaky/**}, upstream: flaky}
              - {name: hand, match: {path: /hand/**}, upstream: hand}
              - {name: hasty, match: {path: /hasty/**}, upstream: hasty}
              - {name: one, match: {path: /one/**}, upstream: one}
              - {name: wire, match: {path: /wire/**}, upstream: wire}
              - {name: full, match: {path: /full/**}, upstream: full}
              - {name: refused, match: {path: /refused/**}, upstream: refused}
              - {name: refused-twice, match: {path: /refused-twice/**}, upstream: refused-twice}
            """;

    private static final String SEMCONV = "attributes: semconv";

    private static final Map<String, String> POLICIES = Map.ofEntries(
            Map.entry("minimal", "limits: {request-body: 1K}"),
            Map.entry("minimal-rated", "limits: {requests-per-second: 1, burst: 1}"),
            Map.entry("minimal-narrow", "limits: {concurrent-requests: 1}"),
            Map.entry("minimal-suspended", "suspended: true"),
            Map.entry("semconv", "limits: {request-body: 1K}\ntracing: {" + SEMCONV + "}"),
            Map.entry("semconv-rated", "limits: {requests-per-second: 1, burst: 1}\ntracing: {" + SEMCONV + "}"),
            Map.entry("semconv-narrow", "limits: {concurrent-requests: 1}\ntracing: {" + SEMCONV + "}"),
            Map.entry("semconv-suspended", "suspended: true\ntracing: {" + SEMCONV + "}"),
            Map.entry("kept-errors", "tracing: {sampling: {ratio: 0}, keep: {errors: true}}"),
            Map.entry("kept-preserved", "tracing: {inbound: preserve, keep: {errors: true, slower-than: 60s}}"),
            Map.entry("kept-few", "tracing: {sampling: {ratio: 0}, keep: {errors: true, per-second: 1}}"),
            Map.entry("kept-slow", "tracing: {sampling: {ratio: 0}, keep: {slower-than: 1ms}}"),
            Map.entry("capturing", capturing("x-order", "x-many, content-type")),
            Map.entry("credulous", capturing("x-order, AUTHORIZATION, \"CooKie\"", "x-many, Set-Cookie")),
            Map.entry("rated", "limits: {requests-per-second: 1, burst: 3}"),
            Map.entry("rated-apart", "limits: {requests-per-second: 1, burst: 3}"),
            Map.entry("narrow", "limits: {concurrent-requests: 2, request-body: 1K}"));

    private SpanFiles() {}

    private static String capturing(String request, String response) {
        return "tracing: {capture-headers: {request: [" + request + "], response: [" + response + "]}}";
    }

    /** @param ports the ports by placeholder, such as ECHO */
    static void write(Path folder, Map<String, Integer> ports) throws IOException {
        Path tenants = Files.createDirectories(folder.resolve("tenants"));
        for (Map.Entry<String, String> policy : POLICIES.entrySet()) {
            String file = TENANT.replace("NAME", policy.getKey()).replace("POLICY", policy.getValue());
            for (Map.Entry<String, Integer> port : ports.entrySet()) {
                file = file.replace(port.getKey(), port.getValue().toString());
            }
            Files.writeString(tenants.resolve(policy.getKey() + ".yaml"), file);
        }
    }

    /** Returns the target of an upstream's attempts. */
    public static int portOf(Path folder, String upstream) {
        try {
            String file = Files.readString(folder.resolve("tenants/minimal.yaml"));
            Matcher port = Pattern.compile("\\b" + upstream + ":[^:]*endpoints: \\[\"http://127.0.0.1:(\\d+)")
                    .matcher(file);
            if (!port.find()) {
                throw new AssertionError("no upstream " + upstream);
            }
            return Integer.parseInt(port.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.clew.contract.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The gateway's configuration in the contracts. */
public final class WorldFiles {

    private static final String GATEWAY =
            """
            trusted-proxies: [127.0.0.2]
            proxy-protocol: {from: [127.0.0.77]}
            forced-tracing: {key-file: force.key, per-minute: 20}
            # Many contracts ask for what refuses connections, and each wants to see that.
            tenant-defaults: {circuit-breaker: {connect-failures: 0}}
            """;

    /** The signing key of tokens for forced tracing. */
    public static final String FORCE_KEY = "f0rce-key-of-the-contracts-0123456789abcdef";

    private static final String ACME =
            """
            hosts: [acme.test, "*.acme.test", "[::1]"]
            upstreams:
              echo:
                endpoints: ["http://127.0.0.1:ECHO"]
              a:
                endpoints: ["http://127.0.0.1:ECHO/routed-a"]
              admin:
                endpoints: ["http://127.0.0.1:ECHO/routed-admin"]
              quick:
                endpoints: ["http://127.0.0.1:ECHO"]
                timeout: {response: 300ms, idle: 300ms}
              narrow:
                endpoints: ["http://127.0.0.1:ECHO"]
                connections: 1
                pending-requests: 1
                timeout: {connect: 300ms}
              wire:
                endpoints: ["http://127.0.0.1:WIRE"]
              refused:
                endpoints: ["http://127.0.0.1:REFUSED"]
              flaky:
                endpoints: ["http://127.0.0.1:ECHO"]
                retry: {attempts: 3, on: [503]}
              reconnecting:
                endpoints: ["http://127.0.0.1:REFUSED", "http://127.0.0.1:ECHO"]
                retry: {attempts: 2, on: [connect-failure]}
            routes:
              - {name: whoami, match: {path: /whoami}, upstream: echo, rewrite: {path: /tenants/acme}}
              - {name: orders, match: {path: /orders/**, methods: [GET, POST]}, upstream: echo}
              - {name: item, match: {path: "/items/{id}/detail"}, upstream: echo, rewrite: {path: "/v1/items/{id}"}}
              - {name: a, match: {path: /a/**}, upstream: a}
              - {name: admin, match: {path: /admin/**}, upstream: admin}
              - {name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}
              - {name: quick, match: {path: /quick/**}, upstream: quick, rewrite: {path: /**}}
              - {name: narrow, match: {path: /narrow/**}, upstream: narrow, rewrite: {path: /**}}
              - {name: wire, match: {path: /wire/**}, upstream: wire}
              - {name: refused, match: {path: /refused/**}, upstream: refused}
              - {name: flaky, match: {path: /flaky/**}, upstream: flaky}
              - {name: reconnecting, match: {path: /reconnecting/**}, upstream: reconnecting}
            """;

    /** A tenant with longer and exact hosts beside acme's wildcard. */
    private static final String DEEP =
            """
            hosts: ["*.deep.acme.test", exact.acme.test]
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - {name: whoami, match: {path: /whoami}, upstream: echo, rewrite: {path: /tenants/deep}}
            """;

    /** A tenant with an upstream for each format of trace propagation. */
    private static final String FORMATS =
            """
            hosts: [formats.test]
            tracing: {inbound: preserve}
            upstreams:
              w3c: {endpoints: ["http://127.0.0.1:ECHO"], propagate: w3c}
              b3: {endpoints: ["http://127.0.0.1:ECHO"], propagate: b3}
              b3multi: {endpoints: ["http://127.0.0.1:ECHO"], propagate: b3multi}
              none: {endpoints: ["http://127.0.0.1:ECHO"], propagate: none}
              flaky: {endpoints: ["http://127.0.0.1:ECHO"], propagate: b3, retry: {attempts: 2, on: [503]}}
            routes:
              - {name: w3c, match: {path: /w3c/**}, upstream: w3c, rewrite: {path: /**}}
              - {name: b3, match: {path: /b3/**}, upstream: b3, rewrite: {path: /**}}
              - {name: b3multi, match: {path: /b3multi/**}, upstream: b3multi, rewrite: {path: /**}}
              - {name: none, match: {path: /none/**}, upstream: none, rewrite: {path: /**}}
              - {name: flaky, match: {path: /flaky/**}, upstream: flaky}
            """;

    private static final String SMALL =
            """
            hosts: [NAME.test]
            POLICY
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - {name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}
              - {name: whoami, match: {path: /whoami}, upstream: echo, rewrite: {path: /tenants/NAME}}
            """;

    /** A tenant that samples only one of its two routes. */
    private static final String ROUTED =
            """
            hosts: [routed.test]
            tracing: {sampling: {ratio: 0}}
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - {name: chosen, match: {path: /chosen}, upstream: echo, tracing: {sampling: {ratio: 1}}}
              - {name: other, match: {path: /other}, upstream: echo}
            """;

    private static final Map<String, String> POLICIES = Map.of(
            "restart", "tracing: {inbound: restart}",
            "preserve", "tracing: {inbound: preserve}",
            "quiet", "tracing: {sampling: {ratio: 0}}",
            "talkative", "tracing: {baggage: [user, tenant.id, plan]}",
            "network", "tracing: {inbound: restart, trusted-callers: [127.0.0.2]}",
            "spent", "tracing: {inbound: preserve, sampling: {per-second: 0}}",
            "bounded", "limits: {request-body: 1K}",
            "suspended", "suspended: true",
            "broken", "no-such-key: true");

    /** The tenants that export forced spans only. */
    private static final Map<String, String> UNTRACED = Map.of(
            "hushed", "tracing: {inbound: restart, sampling: {ratio: 0}}",
            "starved", "tracing: {sampling: {per-second: 0}}",
            "flooded", "tracing: {sampling: {ratio: 0}}");

    private WorldFiles() {}

    public static void write(Path folder, int echo, int wire, int refused) throws IOException {
        Files.createDirectories(folder.resolve("gateway"));
        Path tenants = Files.createDirectories(folder.resolve("tenants"));
        Files.writeString(folder.resolve("gateway/gateway.yaml"), GATEWAY);
        Files.writeString(folder.resolve("force.key"), FORCE_KEY + "\n");
        String acme = ACME.replace("WIRE", Integer.toString(wire)).replace("REFUSED", Integer.toString(refused));
        Files.writeString(tenants.resolve("acme.yaml"), withEcho(acme, echo));
        Files.writeString(tenants.resolve("deep.yaml"), withEcho(DEEP, echo));
        Files.writeString(tenants.resolve("routed.yaml"), withEcho(ROUTED, echo));
        Files.writeString(tenants.resolve("formats.yaml"), withEcho(FORMATS, echo));
        writeSmall(tenants, POLICIES, echo);
        writeSmall(tenants, UNTRACED, echo);
        writeSmall(tenants, Map.of("taciturn", "access-log: {good: 0}"), echo);
    }

    private static void writeSmall(Path tenants, Map<String, String> policies, int echo) throws IOException {
        for (Map.Entry<String, String> policy : policies.entrySet()) {
            String file = SMALL.replace("NAME", policy.getKey()).replace("POLICY", policy.getValue());
            Files.writeString(tenants.resolve(policy.getKey() + ".yaml"), withEcho(file, echo));
        }
    }

    private static String withEcho(String file, int port) {
        return file.replace("ECHO", Integer.toString(port));
    }
}

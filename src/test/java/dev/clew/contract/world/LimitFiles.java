package dev.clew.contract.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The tenants of the contracts about limits on rate, time, connections and header sections: only their limits differ.
 */
final class LimitFiles {

    private static final String TENANT =
            """
            hosts: [NAME.test]
            limits: {LIMITS}
            upstreams:
              echo: {endpoints: ["http://127.0.0.1:ECHO"]}
              hand: {endpoints: ["http://127.0.0.1:HAND"], connections: 1000, timeout: {response: 60s, idle: 60s}}
              one: {endpoints: ["http://127.0.0.1:HAND"], connections: 1, timeout: {connect: 60s}}
            routes:
              - {name: one, match: {path: /one/**}, upstream: one}
              - {name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}
              - {name: hand, match: {path: /hand/**}, upstream: hand}
            """;

    /** A rate sufficient for every test, so that only Redis rejects. */
    private static final String PLENTY = "requests-per-second: 1000, burst: 100000";

    private static final Map<String, String> LIMITS = Map.of(
            "telling", "requests-per-second: 1, burst: 1000",
            "silent", "requests-per-second: 1, burst: 1000, rate-headers: false",
            "stingy", "requests-per-second: 1, burst: 1",
            "brief", "request-duration: 2s",
            "sociable", "connections: 2",
            "terse", "header-size: 1K",
            "joint", PLENTY + ", shared-rate: true",
            "joint-apart", PLENTY + ", shared-rate: true",
            "joint-narrow", "requests-per-second: 1, burst: 3, shared-rate: true",
            "own", PLENTY);

    private LimitFiles() {}

    static void write(Path folder, int echo, int hand) throws IOException {
        Path tenants = Files.createDirectories(folder.resolve("tenants"));
        for (Map.Entry<String, String> limits : LIMITS.entrySet()) {
            String file = TENANT.replace("NAME", limits.getKey())
                    .replace("LIMITS", limits.getValue())
                    .replace("ECHO", Integer.toString(echo))
                    .replace("HAND", Integer.toString(hand));
            Files.writeString(tenants.resolve(limits.getKey() + ".yaml"), file, StandardOpenOption.CREATE_NEW);
        }
    }
}

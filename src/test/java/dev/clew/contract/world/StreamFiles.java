package dev.clew.contract.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tenants of the contracts about bodies, time and endings; tests control all upstreams but one. */
public final class StreamFiles {

    /** A tenant with a separate upstream for each test. */
    public static final String HOST = "stream.test";

    /** As {@link #HOST}, with request bodies limited to {@link #LIMIT} bytes. */
    public static final String LIMITED_HOST = "limited.test";

    /** As {@link #HOST}, with one concurrent request and an idle timeout of a second at most. */
    public static final String STALLED_HOST = "stalled.test";

    public static final int LIMIT = 65_536;

    private static final String STREAM =
            """
            hosts: [stream.test]
            upstreams:
              hand: {endpoints: ["http://127.0.0.1:HAND"], connections: 1000}
              hasty:
                endpoints: ["http://127.0.0.1:HAND"]
                timeout: {connect: 300ms, response: 300ms, idle: 300ms}
              calm:
                endpoints: ["http://127.0.0.1:HAND"]
                connections: 100
                timeout: {connect: 20s, response: 20s, idle: 1s}
              stale: {endpoints: ["http://127.0.0.1:HAND"]}
              kept: {endpoints: ["http://127.0.0.1:HAND"]}
              one:
                endpoints: ["http://127.0.0.1:HAND"]
                connections: 1
                pending-requests: 1
                timeout: {connect: 300ms}
              two-waiting:
                endpoints: ["http://127.0.0.1:HAND"]
                connections: 1
                pending-requests: 2
                timeout: {connect: 2s}
              patient:
                endpoints: ["http://127.0.0.1:HAND"]
                connections: 1
                pending-requests: 10
                timeout: {connect: 60s}
              full: {endpoints: ["http://127.0.0.1:FULL"], timeout: {connect: 300ms}}
              full-patient: {endpoints: ["http://127.0.0.1:FULL"], timeout: {connect: 60s}}
              echo: {endpoints: ["http://127.0.0.1:ECHO"]}
            routes:
              - {name: hand, match: {path: /hand/**}, upstream: hand}
              - {name: hasty, match: {path: /hasty/**}, upstream: hasty}
              - {name: calm, match: {path: /calm/**}, upstream: calm}
              - {name: stale, match: {path: /stale/**}, upstream: stale}
              - {name: kept, match: {path: /kept/**}, upstream: kept}
              - {name: one, match: {path: /one/**}, upstream: one}
              - {name: two-waiting, match: {path: /two-waiting/**}, upstream: two-waiting}
              - {name: patient, match: {path: /patient/**}, upstream: patient}
              - {name: full, match: {path: /full/**}, upstream: full}
              - {name: full-patient, match: {path: /full-patient/**}, upstream: full-patient}
              - {name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}
            """;

    private static final String LIMITED =
            """
            hosts: [limited.test]
            limits: {request-body: 64K}
            upstreams: {hand: {endpoints: ["http://127.0.0.1:HAND"]}}
            routes:
              - {name: hand, match: {path: /hand/**}, upstream: hand}
            """;

    /** The limit of one concurrent request reveals a request that does not end. */
    private static final String STALLED =
            """
            hosts: [stalled.test]
            limits: {concurrent-requests: 1}
            upstreams:
              hand:
                endpoints: ["http://127.0.0.1:HAND"]
                timeout: {response: 2s, idle: 1s}
                retry: {attempts: 2, on: [503, reset, timeout], buffer: 1K}
              echo: {endpoints: ["http://127.0.0.1:ECHO"]}
            routes:
              - {name: hand, match: {path: /hand/**}, upstream: hand}
              - {name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}
            """;

    private StreamFiles() {}

    static void write(Path folder, int hand, int full, int echo) throws IOException {
        Path tenants = Files.createDirectories(folder.resolve("tenants"));
        Files.writeString(tenants.resolve("stream.yaml"), ported(STREAM, hand, full, echo));
        Files.writeString(tenants.resolve("stalled.yaml"), ported(STALLED, hand, full, echo));
        Files.writeString(tenants.resolve("limited.yaml"), ported(LIMITED, hand, full, echo));
    }

    private static String ported(String file, int hand, int full, int echo) {
        return file.replace("HAND", Integer.toString(hand))
                .replace("FULL", Integer.toString(full))
                .replace("ECHO", Integer.toString(echo));
    }
}

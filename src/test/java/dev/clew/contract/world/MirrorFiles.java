package dev.clew.contract.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The tenant of the contract about mirrors; each test that does not share an upstream has one of its own. */
public final class MirrorFiles {

    public static final String HOST = "mirror.test";

    private static final String MIRROR =
            """
            hosts: [mirror.test]
            upstreams:
              echo: {endpoints: ["http://127.0.0.1:ECHO"]}
              primary: {endpoints: ["http://127.0.0.1:HAND"]}
              shadow: {endpoints: ["http://127.0.0.1:ECHO/shadow"], propagate: b3}
              shadow-h2: {endpoints: ["http://127.0.0.1:ECHO/shadow"], protocol: h2c}
              hand: {endpoints: ["http://127.0.0.1:HAND"], connections: 1000}
              hasty: {endpoints: ["http://127.0.0.1:HAND"], timeout: {response: 300ms, idle: 300ms}}
              one: {endpoints: ["http://127.0.0.1:HAND"], connections: 1}
              alone: {endpoints: ["http://127.0.0.1:ECHO/alone"], connections: 1}
              full: {endpoints: ["http://127.0.0.1:FULL"], timeout: {connect: 300ms}}
              refused: {endpoints: ["http://127.0.0.1:REFUSED"]}
            routes:
              - name: shadow
                match: {path: "/copied/**"}
                upstream: echo
                mirror: {upstream: shadow, body: 1K}
                rewrite: {path: "/new/**"}
                request-headers: {set: {x-set: new}}
              - {name: welcome, match: {path: /continue/**}, upstream: echo, mirror: {upstream: shadow}}
              - {name: http2, match: {path: /http2/**}, upstream: echo, mirror: {upstream: shadow-h2}}
              - {name: none, match: {path: /none/**}, upstream: echo, mirror: {upstream: shadow, share: 0}}
              - {name: some, match: {path: /some/**}, upstream: echo, mirror: {upstream: shadow, share: 0.5}}
              - {name: hand, match: {path: /hand/**}, upstream: echo, mirror: {upstream: hand}}
              - {name: hasty, match: {path: /hasty/**}, upstream: echo, mirror: {upstream: hasty, body: 1M}}
              - {name: one, match: {path: /one/**}, upstream: echo, mirror: {upstream: one}}
              - {name: alone, match: {path: /alone/**}, upstream: echo, mirror: {upstream: alone}}
              - {name: full, match: {path: /full/**}, upstream: echo, mirror: {upstream: full}}
              - {name: refused, match: {path: /refused/**}, upstream: echo, mirror: {upstream: refused}}
              - {name: switching, match: {path: /switching/**}, upstream: primary, mirror: {upstream: shadow}}
            """;

    private MirrorFiles() {}

    /** @param ports the ports by placeholder */
    static void write(Path folder, Map<String, Integer> ports) throws IOException {
        String file = MIRROR;
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            file = file.replace(":" + port.getKey(), ":" + port.getValue());
        }
        Files.writeString(folder.resolve("tenants/mirror.yaml"), file);
    }
}

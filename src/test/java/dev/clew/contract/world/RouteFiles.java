package dev.clew.contract.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tenants of the contracts about routes: their matching and actions. */
final class RouteFiles {

    private static final String MATCHING =
            """
            hosts: [matching.test]
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - {name: plain, match: {path: /m}, upstream: echo, rewrite: {path: /plain}}
              - name: exact
                match: {path: /m, headers: [{name: X-Version, value: "2"}]}
                upstream: echo
                rewrite: {path: /exact}
              - name: present
                match: {path: /m, headers: [{name: x-beta}]}
                upstream: echo
                rewrite: {path: /present}
              - name: both
                match: {path: /m, headers: [{name: x-version, value: "2"}, {name: x-beta}]}
                upstream: echo
                rewrite: {path: /both}
              - name: mobile
                match: {path: /m, headers: [{name: user-agent, regex: ".*(Mobile|Tablet).*"}]}
                upstream: echo
                rewrite: {path: /mobile}
              - name: german
                match: {path: /m, query: [{name: lang, value: de}]}
                upstream: echo
                rewrite: {path: /german}
              - name: numbered
                match: {path: /m, query: [{name: page, regex: "[0-9]+"}]}
                upstream: echo
                rewrite: {path: /numbered}
              - {name: expression, match: {path-regex: "/v[0-9]+/.*"}, upstream: echo, rewrite: {path: /expression}}
              - {name: named, match: {path: "/{x}/named"}, upstream: echo, rewrite: {path: /named}}
              - {name: below, match: {path: /v1/**}, upstream: echo, rewrite: {path: /below}}
              - {name: hostile, match: {path-regex: "/hostile/(a+)+b"}, upstream: echo, rewrite: {path: /hostile}}
            """;

    private static final String ACTIONS =
            """
            hosts: [actions.test, "*.actions.test"]
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - {name: secure, match: {path: /secure/**}, redirect: {scheme: https, status: 308}}
              - {name: moved, match: {path: "/moved/{id}/**"}, redirect: {path: "/new/{id}/**", status: 301}}
              - {name: away, match: {path: /away/**}, redirect: {host: www.actions.test, port: 8443, path: /**}}
              - {name: teapot, match: {path: /teapot}, respond: {status: 418, content-type: application/json, body: '{"é":1}'}}
              - {name: gone, match: {path: /gone}, respond: {status: 410}}
              - {name: empty, match: {path: /empty}, respond: {status: 204}}
              - {name: host, match: {path: /host}, upstream: echo, rewrite: {host: "internal.svc:8080"}}
              - name: headers
                match: {path: /headers}
                upstream: echo
                request-headers: {set: {X-Set: new, accept: "text/a"}, add: {x-add: more}, remove: [Cookie, x-gone]}
              - name: answers
                match: {path: /answer}
                upstream: echo
                response-headers: {set: {x-set: new}, add: {x-add: more}, remove: [Server, x-gone]}
              - name: dressed
                match: {path: /dressed}
                respond: {status: 200, body: ok}
                response-headers: {set: {cache-control: no-store}}
            """;

    private static final String SPLIT =
            """
            hosts: [split.test]
            upstreams:
              stable: {endpoints: ["http://127.0.0.1:ECHO/stable"]}
              canary: {endpoints: ["http://127.0.0.1:ECHO/canary"]}
            routes:
              - name: dealt
                match: {path: /dealt}
                split: [{upstream: stable}, {upstream: canary}]
              - name: by-cookie
                match: {path: /by-cookie}
                split: [{upstream: stable, weight: 50}, {upstream: canary, weight: 50}]
                sticky: {cookie: session}
              - name: by-header
                match: {path: /by-header}
                split: [{upstream: stable, weight: 50}, {upstream: canary, weight: 50}]
                sticky: {header: X-User}
              - name: all-canary
                match: {path: /all-canary}
                split: [{upstream: stable, weight: 0}, {upstream: canary}]
            """;

    private static final String CORS =
            """
            hosts: [cors.test]
            limits: {request-body: 1K}
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - name: api
                match: {path: /answer, methods: [GET, PUT]}
                upstream: echo
                cors:
                  origins: [https://app.test, "https://*.app.test"]
                  headers: [Content-Type, x-user]
                  expose: [x-trace-id]
                  credentials: true
                  max-age: 10m
              - {name: plain, match: {path: /plain}, upstream: echo}
              - {name: public, match: {path: /public}, respond: {status: 200, body: ok}, cors: {origins: ["*"]}}
            """;

    private static final String METERED =
            """
            hosts: [metered.test]
            limits: {requests-per-second: 1, burst: 1}
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - {name: fixed, match: {path: /fixed}, respond: {status: 200, body: ok}}
            """;

    /** A tenant with open routes and routes that require a key; paths below {@code /moved} lead to them indirectly. */
    private static final String PATHS =
            """
            hosts: [paths.test]
            authentication:
              schemes:
                keys: {api-keys: {keys: {initech: "sha256:1f636b8f4fe4125ef58768d99371dcb9f9e899c8f00c5d0c8c3a262445732f83"}}}
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - {name: secret, match: {path: /secret/**}, upstream: echo, authentication: {required: [keys]}}
              - {name: open, match: {path: /**}, upstream: echo}
              - name: moved-secret
                match: {path: /moved/secret/**}
                upstream: echo
                rewrite: {path: /secret/**}
                authentication: {required: [keys]}
              - {name: moved, match: {path: /moved/**}, upstream: echo, rewrite: {path: /**}}
            """;

    private static final String SHARED =
            """
            hosts: [SHARED]
            match: {CLAIM}
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO/NAME"]}}
            routes:
              - {name: all, match: {path: /**}, upstream: echo}
            """;

    private RouteFiles() {}

    static void write(Path folder, int echo) throws IOException {
        write(folder, "matching", MATCHING, echo);
        write(folder, "actions", ACTIONS, echo);
        write(folder, "metered", METERED, echo);
        write(folder, "split", SPLIT, echo);
        write(folder, "cors", CORS, echo);
        write(folder, "paths", PATHS, echo);
        for (String name : List.of("red", "blue")) {
            String byPath = SHARED.replace("SHARED", "by-path.test").replace("CLAIM", "path-prefix: /" + name);
            write(folder, "path-" + name, byPath.replace("NAME", name), echo);
            String byHeader = SHARED.replace("SHARED", "by-header.test")
                    .replace("CLAIM", "header: {name: X-Tenant, value: " + name + "}");
            write(folder, "header-" + name, byHeader.replace("NAME", name), echo);
        }
    }

    private static void write(Path folder, String tenant, String file, int echo) throws IOException {
        Files.writeString(folder.resolve("tenants/" + tenant + ".yaml"), file.replace("ECHO", Integer.toString(echo)));
    }
}

package dev.clew.contract.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tenant whose routes require different kinds of credentials. */
public final class IssuerFiles {

    public static final String HOST = "guarded.test";

    private static final String TENANT =
            """
            hosts: [guarded.test]
            networks: {deny: [203.0.113.0/24]}
            authentication:
              required: [users]
              schemes:
                users:
                  jwt:
                    issuer: https://issuer.test
                    audiences: [shop, other]
                    algorithms: [RS256, ES256]
                    key-set: {url: "http://127.0.0.1:KEYS/steady", cool-down: 1h}
                    identity-headers: {X-User: sub, x-scopes: scope}
                partners:
                  api-keys:
                    keys: {initech: "sha256:1f636b8f4fe4125ef58768d99371dcb9f9e899c8f00c5d0c8c3a262445732f83"}
                    identity-header: x-partner
                rotating: {jwt: {issuer: "https://issuer.test", audiences: [shop], key-set: {url: "http://127.0.0.1:KEYS/rotating", refresh: 1h, cool-down: 1ms}}}
                second: {jwt: {issuer: "https://second.test", audiences: [shop], key-set: {url: "http://127.0.0.1:KEYS/second", cool-down: 1ms}}}
                dying: {jwt: {issuer: "https://issuer.test", audiences: [shop], key-set: {url: "http://127.0.0.1:KEYS/dying", refresh: 100ms}}}
                filed: {jwt: {issuer: "https://issuer.test", audiences: [shop], pass: false, key-set: {file: filed.json}}}
                hanging: {jwt: {issuer: "https://issuer.test", audiences: [shop], key-set: {url: "http://127.0.0.1:KEYS/hanging", cool-down: 1ms}}}
                closing: {jwt: {issuer: "https://issuer.test", audiences: [shop], key-set: {url: "http://127.0.0.1:KEYS/closing"}}}
                garbage: {jwt: {issuer: "https://issuer.test", audiences: [shop], key-set: {url: "http://127.0.0.1:KEYS/garbage"}}}
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes:
              - {name: users, match: {path: /users/**}, upstream: echo}
              - {name: partners, match: {path: /partners/**}, upstream: echo, authentication: {required: [partners]}}
              - {name: either, match: {path: /either/**}, upstream: echo, authentication: {required: [users, partners]}}
              - {name: open, match: {path: /open/**}, upstream: echo, authentication: {required: [none]}}
              - {name: writers, match: {path: /writers/**}, upstream: echo, authentication: {scopes: ["orders:write"], claims: [{name: sub, value: ada}]}}
              - {name: rotating, match: {path: /rotating/**}, upstream: echo, authentication: {required: [rotating]}}
              - {name: two, match: {path: /two/**}, upstream: echo, authentication: {required: [rotating, second]}}
              - {name: dying, match: {path: /dying/**}, upstream: echo, authentication: {required: [dying]}}
              - {name: filed, match: {path: /filed/**}, upstream: echo, authentication: {required: [filed]}}
              - {name: hanging, match: {path: /hanging/**}, upstream: echo, authentication: {required: [hanging]}}
              - {name: closing, match: {path: /closing/**}, upstream: echo, authentication: {required: [closing]}}
              - {name: garbage, match: {path: /garbage/**}, upstream: echo, authentication: {required: [garbage]}}
              - name: inside
                match: {path: /inside/**}
                upstream: echo
                networks: {allow: [192.0.2.0/24]}
                authentication: {required: [none]}
              - name: pages
                match: {path: /pages/**, methods: [GET]}
                upstream: echo
                cors: {origins: ["https://app.test"]}
            """;

    private IssuerFiles() {}

    static void write(Path folder, int echo, int keys) throws IOException {
        Files.writeString(
                folder.resolve("tenants").resolve("guarded.yaml"),
                TENANT.replace("ECHO", Integer.toString(echo)).replace("KEYS", Integer.toString(keys)));
    }
}

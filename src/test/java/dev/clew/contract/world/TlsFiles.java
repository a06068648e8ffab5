package dev.clew.contract.world;

import dev.clew.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Tenants with certificates of their own, and some tenants without. */
final class TlsFiles {

    private static final String REST =
            """

            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes: [{name: all, match: {path: /**}, upstream: echo, rewrite: {path: /NAME/**}}]
            """;

    private static final Map<String, String> TENANTS = Map.of(
            "sealed",
            """
            hosts: [sealed.test, "*.sealed.test", 127.0.0.99]
            tls: {certificate: tls/sealed.test.crt, key: tls/sealed.test.key, redirect: true}
            """,
            // A host below the wildcard of another tenant.
            "bare",
            """
            hosts: [bare.sealed.test]
            """,
            "other",
            """
            hosts: [other.test]
            tls: {certificate: tls/other.test.crt, key: tls/other.test.key}
            """,
            "mutual",
            """
            hosts: [mutual.test]
            tls:
              certificate: tls/mutual.test.crt
              key: tls/mutual.test.key
              client-certificates: {authorities: tls/client.test.crt}
            """,
            "asking",
            """
            hosts: [asking.test]
            tls:
              certificate: tls/asking.test.crt
              key: tls/asking.test.key
              client-certificates: {authorities: tls/client.test.crt, required: false}
            """,
            "forwarding",
            """
            hosts: [forwarding.test]
            tls:
              certificate: tls/forwarding.test.crt
              key: tls/forwarding.test.key
              client-certificates: {authorities: tls/client.test.crt, required: false, forward: true}
            """);

    private TlsFiles() {}

    static void write(Path folder, int echo) throws IOException {
        Path tls = folder.resolve("tls");
        for (String name :
                List.of("sealed.test", "other.test", "mutual.test", "asking.test", "forwarding.test", "client.test")) {
            TestCertificate.create(tls, name);
        }
        TestCertificate.create(tls, "client.test", "stranger");
        for (Map.Entry<String, String> tenant : TENANTS.entrySet()) {
            Files.writeString(
                    folder.resolve("tenants").resolve(tenant.getKey() + ".yaml"),
                    (tenant.getValue() + REST)
                            .replace("ECHO", Integer.toString(echo))
                            .replace("NAME", tenant.getKey()),
                    StandardOpenOption.CREATE_NEW);
        }
    }
}

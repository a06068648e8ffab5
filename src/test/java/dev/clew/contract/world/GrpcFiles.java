package dev.clew.contract.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tenant whose services use gRPC. */
public final class GrpcFiles {

    public static final String HOST = "grpc.test";

    private static final String TENANT =
            """
            hosts: [grpc.test]
            limits: {request-body: 100M}
            upstreams:
              interop: {endpoints: ["http://127.0.0.1:INTEROP"], protocol: h2c, connections: 1000}
              calls: {endpoints: ["http://127.0.0.1:CALLS"], protocol: h2c}
              hasty:
                endpoints: ["http://127.0.0.1:CALLS"]
                protocol: h2c
                timeout: {response: 300ms, idle: 300ms}
              patient:
                endpoints: ["http://127.0.0.1:CALLS"]
                protocol: h2c
                timeout: {response: 300ms}
              refused: {endpoints: ["http://127.0.0.1:REFUSED"], protocol: h2c}
            routes:
              - {name: interop, match: {path: /grpc.testing.TestService/**}, upstream: interop}
              - {name: unimplemented, match: {path: /grpc.testing.UnimplementedService/**}, upstream: interop}
              - {name: calls, match: {path: /calls/**}, upstream: calls}
              - {name: hasty, match: {path: /hasty/**}, upstream: hasty}
              - {name: patient, match: {path: /patient/**}, upstream: patient}
              - {name: refused, match: {path: /refused/**}, upstream: refused}
              - {name: read-only, match: {path: /read-only/**, methods: [GET]}, upstream: calls}
            """;

    private GrpcFiles() {}

    static void write(Path folder, int interop, int calls, int refused) throws IOException {
        Path tenants = Files.createDirectories(folder.resolve("tenants"));
        Files.writeString(
                tenants.resolve("grpc.yaml"),
                TENANT.replace("INTEROP", Integer.toString(interop))
                        .replace("CALLS", Integer.toString(calls))
                        .replace("REFUSED", Integer.toString(refused)));
    }
}

package dev.clew.contract.world;

import dev.clew.contract.server.CallUpstream;

/**
 * gRPC services.
 *
 * @param calls behaves as a path specifies
 * @param interopPort of the gRPC project's own server, if a test runs one
 */
public record GrpcServices(CallUpstream calls, int interopPort) {}

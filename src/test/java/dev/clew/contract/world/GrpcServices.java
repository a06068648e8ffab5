package dev.clew.contract.world;

import dev.clew.contract.server.CallUpstream;

/**
 * The gRPC services.
 *
 * @param calls the service whose behaviour a path selects
 * @param interopPort the port for the gRPC project's own server, if a test runs one
 */
public record GrpcServices(CallUpstream calls, int interopPort) {}

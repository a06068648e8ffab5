package dev.clew.contract.world;

import dev.clew.contract.server.CallUpstream;

/**
 * Services that speak gRPC.
 *
 * @param calls does as it is told
 * @param interopPort where the gRPC project's own server is expected while a test runs one
 */
public record GrpcServices(CallUpstream calls, int interopPort) {}

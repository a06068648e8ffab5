package dev.clew.contract;

/**
 * Services that speak gRPC.
 *
 * @param calls does as it is told
 * @param interopPort where the gRPC project's own server is expected while a test runs one
 */
public record GrpcServices(CallUpstream calls, int interopPort) {}

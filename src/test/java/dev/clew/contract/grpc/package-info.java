/** Contracts on gRPC calls, and the gRPC project's own interoperability tests. */
@NullMarked
package dev.clew.contract.grpc;

import org.jspecify.annotations.NullMarked;

package dev.clew.upstream;

import dev.clew.error.ErrorKind;
import dev.clew.error.GrpcStatus;
import org.jspecify.annotations.Nullable;

/** The bearing that the end of an attempt has on its upstream's circuit. */
enum AttemptResult {
    SUCCEEDED,
    /** No connection came about. */
    UNREACHABLE,
    FAILED,
    /** The client left, or something else ended the attempt that says nothing about the upstream. */
    UNKNOWN;

    /**
     * Judges an attempt.
     *
     * @param status of the response; 0 when there was none
     * @param failure null when there was none, or none that says anything about the upstream
     * @param serverErrors whether a response that tells of a server's error is a failure
     */
    static AttemptResult of(int status, @Nullable GrpcStatus grpc, @Nullable ErrorKind failure, boolean serverErrors) {
        if (failure == ErrorKind.UPSTREAM_UNREACHABLE || failure == ErrorKind.CONNECT_TIMEOUT) {
            return UNREACHABLE;
        }
        if (failure != null && failure.fault() == ErrorKind.Fault.UPSTREAM) {
            return FAILED;
        }
        if (status == 0) {
            return UNKNOWN;
        }
        boolean serverError = status >= 500 || (grpc != null && grpc.isServerFault());
        return serverErrors && serverError ? FAILED : SUCCEEDED;
    }
}

package dev.clew.upstream;

import dev.clew.error.ErrorKind;
import dev.clew.error.GrpcStatus;
import org.jspecify.annotations.Nullable;

/** The result of an attempt, as the circuit breaker counts it. */
enum AttemptResult {
    SUCCEEDED,
    /** No connection was established. */
    UNREACHABLE,
    FAILED,
    /** The attempt ended for a reason that does not concern the upstream, such as a client disconnect. */
    UNKNOWN;

    /**
     * Classifies an attempt.
     *
     * @param status of the response; 0 when there was none
     * @param failure null when there was none, or none that concerns the upstream
     * @param serverErrors whether a response with a server error counts as a failure
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

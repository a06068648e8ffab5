package dev.clew.error;

/**
 * The gRPC status codes, in numeric order ("Status codes and their use in gRPC"): the outcome of a call, independent of
 * its HTTP status.
 */
public enum GrpcStatus {
    OK,
    CANCELLED,
    UNKNOWN,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED;

    private static final GrpcStatus[] BY_CODE = values();

    /** Parses the value of {@code grpc-status}; an unknown code yields {@link #UNKNOWN}, as it does in gRPC clients. */
    public static GrpcStatus parse(String digits) {
        int code = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9' || i == 2) {
                return UNKNOWN;
            }
            code = 10 * code + digit - '0';
        }
        return digits.isEmpty() || code >= BY_CODE.length ? UNKNOWN : BY_CODE[code];
    }

    /**
     * Returns the status of a call that the gateway itself ends: the one a client derives from the HTTP status ("HTTP
     * to gRPC Status Code Mapping") or, where that is only {@link #UNKNOWN}, the fitting code.
     */
    static GrpcStatus of(ErrorKind kind) {
        return switch (kind.status()) {
            case 400, 500 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404, 405 -> UNIMPLEMENTED;
            case 408 -> DEADLINE_EXCEEDED;
            case 413, 414, 431 -> RESOURCE_EXHAUSTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            case 499 -> CANCELLED;
            default -> UNKNOWN;
        };
    }

    public int number() {
        return ordinal();
    }

    /** Returns the decimal number, as in {@code grpc-status}. */
    public String code() {
        return Integer.toString(number());
    }

    /**
     * Returns true if the status is a fault of the server rather than of the client (OpenTelemetry's gRPC conventions,
     * {@code rpc.response.status_code}).
     */
    public boolean isServerFault() {
        return switch (this) {
            case UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> true;
            default -> false;
        };
    }
}

package dev.clew.error;

/**
 * gRPC's status codes in the order of their numbers ("Status codes and their use in gRPC"): how a call ended, which its
 * HTTP status does not tell.
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

    /**
     * As it stands in {@code grpc-status}; what is not a known code counts as {@link #UNKNOWN}, as it does to clients.
     */
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
     * What a call is told that the gateway itself ends: what a client would make of the HTTP status ("HTTP to gRPC
     * Status Code Mapping"), and where that is nothing but {@link #UNKNOWN}, the code that fits.
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

    /** As a decimal number, the value of {@code grpc-status}. */
    public String code() {
        return Integer.toString(ordinal());
    }

    /**
     * Whether a server that answers so has failed, rather than its client (OpenTelemetry's conventions for gRPC, {@code
     * rpc.response.status_code}).
     */
    public boolean isServerFault() {
        return switch (this) {
            case UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> true;
            default -> false;
        };
    }
}

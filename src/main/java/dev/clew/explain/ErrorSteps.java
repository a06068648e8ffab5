package dev.clew.explain;

import dev.clew.explain.TrailStep.Step;

/** The decisions that errors are the result of. */
final class ErrorSteps {

    private ErrorSteps() {}

    /** Returns the decision that ended a request with this error code. */
    static Step of(String code) {
        return switch (code) {
            case "unknown-host", "malformed-host", "tenant-suspended" -> Step.TENANT;
            case "unknown-route", "method-not-allowed", "malformed-path" -> Step.ROUTE;
            case "address-refused", "misdirected-request", "filter-rejected" -> Step.ACCESS;
            case "rate-limited", "concurrency-limited", "connections-limited", "overloaded" -> Step.LIMITS;
            case "request-too-large", "headers-too-large", "uri-too-long", "request-overdue" -> Step.LIMITS;
            case "credentials-missing", "credentials-invalid", "access-denied", "keys-unavailable" ->
                Step.AUTHENTICATION;
            case "circuit-open" -> Step.CIRCUIT;
            default -> Step.END;
        };
    }
}

package dev.clew.api;

import io.vertx.core.json.JsonObject;

/** A request to the API that cannot be served, as a problem document (RFC 9457) tells it. */
final class ApiFailure extends RuntimeException {

    static final String CONTENT_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    private ApiFailure(int status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** @param detail for the caller; contains no value of the request */
    static ApiFailure invalid(String parameter, String expected) {
        return new ApiFailure(400, "invalid-parameter", parameter + " (expected: " + expected + ")");
    }

    static ApiFailure notFound(String detail) {
        return new ApiFailure(404, "not-found", detail);
    }

    static ApiFailure busy(String detail) {
        return new ApiFailure(503, "too-many-streams", detail);
    }

    static ApiFailure overloaded() {
        return new ApiFailure(503, "overloaded", "Too many requests to the API are in progress.");
    }

    static ApiFailure internal() {
        return new ApiFailure(500, "internal-error", "The gateway's log has the cause.");
    }

    int status() {
        return status;
    }

    /** Returns the problem document. */
    JsonObject json() {
        return new JsonObject()
                .put("type", "urn:clew:error:" + code)
                .put("title", title())
                .put("status", status)
                .put("detail", getMessage())
                .put("code", code);
    }

    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}

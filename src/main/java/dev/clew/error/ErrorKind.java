package dev.clew.error;

/**
 * The kinds of failure with which the gateway itself ends a request, each with its HTTP status and the stable code that
 * clients, metrics ({@code error.type}) and access logs see.
 *
 * <p>Statuses follow RFC 9110 section 15 and RFC 6585. The {@link Fault} names the party at fault and decides the log
 * level.
 */
public enum ErrorKind {
    MALFORMED_REQUEST("malformed-request", 400, "Bad Request", Fault.CLIENT),
    MALFORMED_HOST("malformed-host", 400, "Bad Request", Fault.CLIENT),
    MALFORMED_PATH("malformed-path", 400, "Bad Request", Fault.CLIENT),
    CREDENTIALS_MISSING("credentials-missing", 401, "Unauthorized", Fault.CLIENT),
    CREDENTIALS_INVALID("credentials-invalid", 401, "Unauthorized", Fault.CLIENT),
    ADDRESS_REFUSED("address-refused", 403, "Forbidden", Fault.CLIENT),
    ACCESS_DENIED("access-denied", 403, "Forbidden", Fault.CLIENT),
    FILTER_REJECTED("filter-rejected", 403, "Forbidden", Fault.CLIENT),
    UNKNOWN_HOST("unknown-host", 404, "Not Found", Fault.CLIENT),
    UNKNOWN_ROUTE("unknown-route", 404, "Not Found", Fault.CLIENT),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method Not Allowed", Fault.CLIENT),
    REQUEST_TOO_LARGE("request-too-large", 413, "Content Too Large", Fault.CLIENT),
    MISDIRECTED("misdirected-request", 421, "Misdirected Request", Fault.CLIENT),
    RATE_LIMITED("rate-limited", 429, "Too Many Requests", Fault.CLIENT),
    URI_TOO_LONG("uri-too-long", 414, "URI Too Long", Fault.CLIENT),
    HEADERS_TOO_LARGE("headers-too-large", 431, "Request Header Fields Too Large", Fault.CLIENT),
    CODING_UNKNOWN("transfer-coding-unknown", 501, "Not Implemented", Fault.CLIENT),
    TENANT_SUSPENDED("tenant-suspended", 503, "Service Unavailable", Fault.OPERATOR),
    KEYS_UNAVAILABLE("keys-unavailable", 503, "Service Unavailable", Fault.OPERATOR),
    CONCURRENCY_LIMITED("concurrency-limited", 503, "Service Unavailable", Fault.CLIENT),
    CONNECTIONS_LIMITED("connections-limited", 503, "Service Unavailable", Fault.CLIENT),
    OVERLOADED("overloaded", 503, "Service Unavailable", Fault.CLIENT),
    UPSTREAM_BUSY("upstream-busy", 503, "Service Unavailable", Fault.UPSTREAM),
    CIRCUIT_OPEN("circuit-open", 503, "Service Unavailable", Fault.UPSTREAM),
    UPSTREAM_UNREACHABLE("upstream-unreachable", 502, "Bad Gateway", Fault.UPSTREAM),
    UPSTREAM_RESET("upstream-reset", 502, "Bad Gateway", Fault.UPSTREAM),
    UPSTREAM_INVALID("upstream-invalid-response", 502, "Bad Gateway", Fault.UPSTREAM),
    CONNECT_TIMEOUT("connect-timeout", 504, "Gateway Timeout", Fault.UPSTREAM),
    RESPONSE_TIMEOUT("response-timeout", 504, "Gateway Timeout", Fault.UPSTREAM),
    IDLE_TIMEOUT("idle-timeout", 504, "Gateway Timeout", Fault.UPSTREAM),
    REQUEST_OVERDUE("request-overdue", 504, "Gateway Timeout", Fault.CLIENT),
    REQUEST_TIMEOUT("request-timeout", 408, "Request Timeout", Fault.CLIENT),
    CLIENT_STALLED("client-stalled", 408, "Request Timeout", Fault.CLIENT),
    CLIENT_GONE("client-closed-request", 499, "Client Closed Request", Fault.CLIENT),
    INTERNAL("internal-error", 500, "Internal Server Error", Fault.GATEWAY);

    /** The party at fault. */
    public enum Fault {
        CLIENT,
        OPERATOR,
        UPSTREAM,
        GATEWAY
    }

    private final String code;
    private final int status;
    private final String title;
    private final Fault fault;

    ErrorKind(String code, int status, String title, Fault fault) {
        this.code = code;
        this.status = status;
        this.title = title;
        this.fault = fault;
    }

    /** Returns the stable code: clients may branch on it, dashboards may group by it. */
    public String code() {
        return code;
    }

    /**
     * Returns the HTTP status; 499 is never sent, since the client has disconnected, but logs and metrics need a
     * number.
     */
    public int status() {
        return status;
    }

    /** Returns the reason phrase of the status (RFC 9110 section 15). */
    public String title() {
        return title;
    }

    public Fault fault() {
        return fault;
    }
}

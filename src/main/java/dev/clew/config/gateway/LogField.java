package dev.clew.config.gateway;

import java.util.Arrays;
import java.util.List;

/** The fields of an access-log line: an allow-list. A field that does not apply to a request is left out. */
public enum LogField {
    TIME("time"),
    TRACE_ID("trace_id"),
    SPAN_ID("span_id"),
    SAMPLED("sampled"),
    KEPT("kept"),
    LINKED_TRACE_ID("linked_trace_id"),
    TENANT("tenant"),
    ROUTE("route"),
    UPSTREAM("upstream"),
    /** By default only if no route matched. */
    HOST("host"),
    METHOD("method"),
    /** As {@code access-log.path} says. */
    PATH("path"),
    PROTOCOL("protocol"),
    STATUS("status"),
    DURATION("duration_us"),
    REQUEST_BYTES("request_bytes"),
    RESPONSE_BYTES("response_bytes"),
    ATTEMPTS("attempts"),
    ENDPOINT("endpoint"),
    UPSTREAM_DURATION("upstream_us"),
    GRPC_STATUS("grpc_status"),
    ERROR("error"),
    NEAREST_ROUTE("nearest_route"),
    MISSED("missed"),
    /** The client's address, truncated. */
    CLIENT_NETWORK("client_network", false),
    /** All attempts, not only the last. */
    ATTEMPT_LIST("attempt_list", false),
    WORTH("worth", false);

    private final String token;
    private final boolean standard;

    LogField(String token) {
        this(token, true);
    }

    LogField(String token, boolean standard) {
        this.token = token;
        this.standard = standard;
    }

    /** Returns the name in lines and in configuration files. */
    public String token() {
        return token;
    }

    /** Returns the fields without a choice in the configuration. */
    public static List<LogField> standard() {
        return Arrays.stream(values()).filter(field -> field.standard).toList();
    }
}

package dev.clew.journal;

import dev.clew.trace.context.TraceResponse;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one endpoint.
 *
 * @param spanId that of the CLIENT span
 * @param host the endpoint's name or address
 * @param port the endpoint's
 * @param times since the request's start
 * @param connection how the attempt got its connection
 * @param status the upstream's; 0 if there was no response
 * @param error the stable code of its failure; null if there is none
 * @param traceResponse how the response relates to the trace sent; null if there was no response
 * @param choice why this endpoint, a short text of the balancer; null if it is not known
 * @param noRetry why no attempt followed this failed one; null if one did, or if none was wanted
 * @param probe whether it probed an upstream whose circuit was half-open
 */
public record AttemptEntry(
        String spanId,
        String host,
        int port,
        Times times,
        Connection connection,
        int status,
        @Nullable String error,
        @Nullable TraceResponse traceResponse,
        @Nullable String choice,
        @Nullable String noRetry,
        boolean probe) {

    /** The value of a time that is not known, or does not apply. */
    public static final long NONE = -1;

    /** The origin of an attempt's connection. */
    public enum Connection {
        NEW("new"),
        REUSED("reused"),
        NONE("none"),
        /** A connection whose origin was not recorded. */
        UNKNOWN("unknown");

        private final String token;

        Connection(String token) {
            this.token = token;
        }

        /** Returns the value in responses. */
        public String token() {
            return token;
        }
    }

    /**
     * Durations in nanoseconds, each {@link #NONE} if it is not known or does not apply.
     *
     * @param start from the request's start to the attempt's
     * @param dns of resolving the name
     * @param connect of connecting, without TLS
     * @param tls of the TLS handshake
     * @param firstByte from the attempt's start to the response head
     * @param total from the attempt's start to its end
     */
    public record Times(long start, long dns, long connect, long tls, long firstByte, long total) {}

    /** Returns the endpoint as {@code host:port}. */
    public String endpoint() {
        return host.indexOf(':') < 0 ? host + ':' + port : '[' + host + "]:" + port;
    }
}

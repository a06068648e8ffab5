package dev.clew.tenant.upstream;

/** A failure of an attempt that leads to a retry, if the request may be sent again at all. */
public enum RetryCondition {
    /** No connection was established, so the upstream has received nothing of the request: safe for any method. */
    CONNECT_FAILURE("connect-failure"),
    /** The upstream closed the connection or reset the stream before the response began. */
    RESET("reset"),
    /** The response did not begin in time. */
    TIMEOUT("timeout"),
    STATUS_429("429"),
    STATUS_502("502"),
    STATUS_503("503"),
    STATUS_504("504");

    private final String token;

    RetryCondition(String token) {
        this.token = token;
    }

    /** Returns the value in a tenant's file. */
    public String token() {
        return token;
    }
}

package dev.clew.tenant.upstream;

/** A failure of one attempt that is worth another, given that the request may be sent again at all. */
public enum RetryCondition {
    /** No connection came about, so the upstream has seen nothing of the request: safe for any method. */
    CONNECT_FAILURE("connect-failure"),
    /** The upstream ended the connection or the stream before its answer began. */
    RESET("reset"),
    /** The answer did not begin in time. */
    TIMEOUT("timeout"),
    STATUS_429("429"),
    STATUS_502("502"),
    STATUS_503("503"),
    STATUS_504("504");

    private final String token;

    RetryCondition(String token) {
        this.token = token;
    }

    /** The word for it in a tenant's file. */
    public String token() {
        return token;
    }
}

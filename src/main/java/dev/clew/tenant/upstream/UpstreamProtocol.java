package dev.clew.tenant.upstream;

/** The protocol of connections to an upstream. */
public enum UpstreamProtocol {
    HTTP1("http1"),
    /** HTTP/2 without TLS, with prior knowledge (RFC 9113 section 3.3). */
    H2C("h2c"),
    /** HTTP/2 over TLS, negotiated by ALPN (RFC 9113 section 3.2). */
    H2("h2");

    private final String token;

    UpstreamProtocol(String token) {
        this.token = token;
    }

    /** Returns the value in a tenant's file. */
    public String token() {
        return token;
    }

    public boolean isHttp2() {
        return this != HTTP1;
    }

    /**
     * Returns true if the protocol fits the endpoint's scheme: one form of HTTP/2 requires TLS, the other excludes it.
     */
    public boolean suits(Endpoint endpoint) {
        return this == HTTP1 || endpoint.tls() == (this == H2);
    }
}

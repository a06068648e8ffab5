package dev.clew.tenant.upstream;

/** What is spoken to an upstream. */
public enum UpstreamProtocol {
    HTTP1("http1"),
    /** HTTP/2 without TLS, with prior knowledge (RFC 9113 section 3.3). */
    H2C("h2c"),
    /** HTTP/2 over TLS, agreed by ALPN (RFC 9113 section 3.2). */
    H2("h2");

    private final String token;

    UpstreamProtocol(String token) {
        this.token = token;
    }

    /** The word for it in a tenant's file. */
    public String token() {
        return token;
    }

    public boolean isHttp2() {
        return this != HTTP1;
    }

    /** Whether it can be spoken there: both forms of HTTP/2 are about TLS or its absence. */
    public boolean suits(Endpoint endpoint) {
        return this == HTTP1 || endpoint.tls() == (this == H2);
    }
}

package dev.clew.access;

/** An authentication scheme of a tenant, named in its file. */
public sealed interface Scheme permits ApiKeys, JsonWebTokens {

    /** The field of bearer tokens (RFC 6750 section 2.1). */
    String AUTHORIZATION = "authorization";

    String name();

    /** Returns the header field of the credential, in lower case. */
    String header();

    /** Returns whether the credential is forwarded to the upstream. */
    boolean passes();

    /**
     * Returns the header fields that pass the caller's identity to the upstream, in lower case; clients may not set
     * them.
     */
    Iterable<String> identityHeaders();

    /** Returns whether the credential is in {@code Authorization}, which several schemes share. */
    default boolean isBearer() {
        return header().equals(AUTHORIZATION);
    }

    /** Returns the challenge for a request without a credential (RFC 9110 section 11.6.1, RFC 6750 section 3). */
    default String challenge() {
        return (isBearer() ? "Bearer" : "ApiKey") + " realm=\"" + name() + '"';
    }
}

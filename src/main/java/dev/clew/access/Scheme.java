package dev.clew.access;

/** A way in which callers of a tenant prove who they are; it has a name in the tenant's file. */
public sealed interface Scheme permits ApiKeys, JsonWebTokens {

    /** The field of bearer tokens: RFC 6750 section 2.1. */
    String AUTHORIZATION = "authorization";

    String name();

    /** The header field that holds the credential, in lower case. */
    String header();

    /** Whether the credential goes on to the upstream. */
    boolean passes();

    /** The header fields that tell an upstream who the caller is, in lower case: nobody else may set them. */
    Iterable<String> identityHeaders();

    /** Whether the credential shares its field with those of others. */
    default boolean isBearer() {
        return header().equals(AUTHORIZATION);
    }

    /** What a caller without a credential is asked for: RFC 9110 section 11.6.1, RFC 6750 section 3. */
    default String challenge() {
        return (isBearer() ? "Bearer" : "ApiKey") + " realm=\"" + name() + '"';
    }
}

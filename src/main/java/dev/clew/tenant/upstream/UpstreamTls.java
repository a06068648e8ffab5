package dev.clew.tenant.upstream;

import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of connections to an upstream.
 *
 * @param authorities the trusted certificate authorities; null for the platform's
 * @param identity the gateway's own certificate, for upstreams that request one; null for none
 * @param serverName the name sent (SNI, RFC 6066 section 3) and verified against the certificate; null for the
 *     endpoint's host
 * @param insecure whether any certificate is accepted, for tests only
 */
public record UpstreamTls(
        @Nullable Pem authorities, @Nullable Identity identity, @Nullable String serverName, boolean insecure) {

    public static final UpstreamTls STANDARD = new UpstreamTls(null, null, null, false);

    /** Text in PEM (RFC 7468), omitted from the text form: it may contain a private key. */
    public record Pem(String text) {

        @Override
        public String toString() {
            return "PEM";
        }
    }

    /** A certificate chain and its private key. */
    public record Identity(Pem certificate, Pem key) {}
}

package dev.clew.tenant.upstream;

import org.jspecify.annotations.Nullable;

/**
 * How an upstream's certificate is judged, and what the gateway shows of itself.
 *
 * @param authorities whose certificates are believed; null for those the platform trusts
 * @param identity the gateway's own certificate, for upstreams that ask for one; null for none
 * @param serverName asked for (SNI, RFC 6066 section 3) and looked for in the certificate; null for the endpoint's host
 * @param insecure whether any certificate is believed, which is for tests alone
 */
public record UpstreamTls(
        @Nullable Pem authorities, @Nullable Identity identity, @Nullable String serverName, boolean insecure) {

    public static final UpstreamTls STANDARD = new UpstreamTls(null, null, null, false);

    /** Text in PEM (RFC 7468) that never shows itself: it may hold a private key. */
    public record Pem(String text) {

        @Override
        public String toString() {
            return "PEM";
        }
    }

    /** A certificate chain and its private key. */
    public record Identity(Pem certificate, Pem key) {}
}

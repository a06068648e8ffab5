package dev.clew.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The TLS parameters other than the certificate, the same for every tenant.
 *
 * @param protocols the enabled versions, TLS 1.2 or later (RFC 8996)
 * @param ciphers the enabled cipher suites; those unknown to the library are ignored
 * @param http2 whether ALPN offers HTTP/2 (RFC 9113 section 3.2)
 */
record TlsRules(List<String> protocols, List<String> ciphers, boolean http2) {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /**
     * The cipher suites with forward secrecy and authenticated encryption (RFC 9325 section 4.2, RFC 8446 appendix
     * B.4).
     */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    TlsRules {
        protocols = List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
    }

    /**
     * Derives the parameters from the listener's, dropping unsafe versions. Sets the default cipher suites on a
     * listener that has none.
     */
    static TlsRules of(HttpServerOptions listener) {
        List<String> protocols = new ArrayList<>(PROTOCOLS);
        protocols.retainAll(listener.getEnabledSecureTransportProtocols());
        if (listener.getEnabledCipherSuites().isEmpty()) {
            CIPHERS.forEach(listener::addEnabledCipherSuite);
        }
        return new TlsRules(
                protocols.isEmpty() ? PROTOCOLS : protocols,
                new ArrayList<>(listener.getEnabledCipherSuites()),
                listener.isUseAlpn());
    }

    ApplicationProtocolConfig alpn() {
        return http2
                ? new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1)
                : ApplicationProtocolConfig.DISABLED;
    }
}

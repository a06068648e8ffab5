package dev.clew.tls;

import dev.clew.tenant.TenantId;
import dev.clew.tenant.tls.ClientCertificates;
import dev.clew.tenant.tls.ServerCertificate;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's certificate with its TLS context. Its session cache is separate, so that no session resumes through
 * another tenant's host.
 */
final class TenantCertificate {

    private static final X509Certificate[] NONE = {};

    private final TenantId tenant;
    private final ServerCertificate certificate;
    private final TlsRules rules;
    private @Nullable SslContext context;

    TenantCertificate(TenantId tenant, ServerCertificate certificate, TlsRules rules) {
        this.tenant = tenant;
        this.certificate = certificate;
        this.rules = rules;
    }

    TenantId tenant() {
        return tenant;
    }

    ServerCertificate certificate() {
        return certificate;
    }

    /** Returns the context, built on first use: of thousands of tenants, most are idle. */
    synchronized SslContext context() throws SSLException {
        if (context == null) {
            context = build();
        }
        return context;
    }

    private SslContext build() throws SSLException {
        ClientCertificates clients = certificate.clients();
        List<X509Certificate> authorities = clients == null ? List.of() : clients.authorities();
        return SslContextBuilder.forServer(new SingleCertificate(certificate))
                .sslProvider(SslProvider.JDK)
                // Otherwise the JDK would read all of the platform's authorities in vain.
                .trustManager(authorities.toArray(NONE))
                .clientAuth(clientAuth(clients))
                .protocols(rules.protocols())
                .ciphers(rules.ciphers(), SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(rules.alpn())
                .build();
    }

    private static ClientAuth clientAuth(@Nullable ClientCertificates clients) {
        if (clients == null) {
            return ClientAuth.NONE;
        }
        return clients.required() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
    }
}

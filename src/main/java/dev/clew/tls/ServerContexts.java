package dev.clew.tls;

import dev.clew.tenant.TenantId;
import dev.clew.tenant.tls.ClientCertificates;
import dev.clew.tenant.tls.ServerCertificate;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the TLS contexts of the listener's connections, all by the same rules. */
final class ServerContexts {

    private static final X509Certificate[] NONE = {};

    private final TlsLibrary library;
    private final TlsRules rules;
    private final SessionTickets tickets;
    private final Staple staple;

    /** @param staple presented with the listener's own certificate */
    ServerContexts(TlsLibrary library, TlsRules rules, SessionTickets tickets, Staple staple) {
        this.library = library;
        this.rules = rules;
        this.tickets = tickets;
        this.staple = staple;
    }

    /** Makes a tenant's context, with sessions of its own: none resumes through another tenant's host. */
    ServerContext tenants(TenantId tenant, ServerCertificate certificate) throws SSLException {
        ClientCertificates clients = certificate.clients();
        List<X509Certificate> authorities = clients == null ? List.of() : clients.authorities();
        SslContextBuilder builder = builder(
                        library.handling(certificate.key()),
                        new KeyManagerFactoryWrapper(new SingleCertificate(certificate)))
                // Otherwise all of the platform's authorities would be read in vain.
                .trustManager(authorities.toArray(NONE))
                .clientAuth(clientAuth(clients));
        Staple own = new Staple();
        own.use(certificate.ocsp());
        List<X509Certificate> deciding =
                new ArrayList<>(List.of(certificate.chain().get(0)));
        deciding.addAll(authorities);
        byte[] owner = SessionOwner.digest(tenant.value(), deciding, clients != null && clients.required());
        return ServerContext.of(builder.build(), own, tickets, owner);
    }

    private static ClientAuth clientAuth(@Nullable ClientCertificates clients) {
        if (clients == null) {
            return ClientAuth.NONE;
        }
        return clients.required() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
    }

    /** Makes the context of the listener's own certificates, as its options say. */
    SslContext listeners(KeyManagerFactory keys, @Nullable TrustManagerFactory trusted, ClientAuth clients)
            throws SSLException {
        OwnCertificates own = OwnCertificates.of(keys);
        SslContextBuilder builder = builder(own.library(library), keys).clientAuth(clients);
        if (trusted != null) {
            builder.trustManager(trusted);
        }
        SslContext context = builder.build();
        tickets.add(context, own.owner(trusted, clients));
        return staple.on(context);
    }

    private SslContextBuilder builder(TlsLibrary chosen, KeyManagerFactory keys) {
        boolean isBoring = chosen == TlsLibrary.BORINGSSL;
        SslContextBuilder builder = SslContextBuilder.forServer(
                        // Otherwise each handshake would parse the key.
                        isBoring ? new OpenSslCachingX509KeyManagerFactory(keys) : keys)
                .sslProvider(chosen.provider())
                .protocols(rules.protocols())
                .ciphers(rules.ciphers(), SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(rules.alpn())
                .enableOcsp(isBoring);
        // Its steps run on the event loop in any case.
        return isBoring ? builder.option(OpenSslContextOption.USE_TASKS, false) : builder;
    }
}

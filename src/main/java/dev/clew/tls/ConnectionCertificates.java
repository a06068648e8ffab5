package dev.clew.tls;

import dev.clew.tenant.Tenant;
import io.netty.channel.Channel;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The certificates exchanged on a TLS connection: the server certificate presented, which its requests must match, and
 * the client certificate received.
 */
public final class ConnectionCertificates {

    private static final AttributeKey<TenantCertificate> KEY =
            AttributeKey.valueOf(ConnectionCertificates.class, "certificate");
    private static final AttributeKey<String> CLIENT = AttributeKey.valueOf(ConnectionCertificates.class, "client");
    private static final String NONE = "";

    private ConnectionCertificates() {}

    static void setServerCertificate(Channel channel, TenantCertificate certificate) {
        channel.attr(KEY).set(certificate);
    }

    /**
     * Returns whether a connection may carry requests to a tenant: without TLS unless the tenant requires client
     * certificates; with TLS if it presented the tenant's certificate, or the listener's if the tenant has none. A
     * certificate renewed since does not matter, but changed requirements on client certificates do.
     *
     * @param tenant null for a host without a tenant, which any connection may carry unless it presented a tenant's
     *     certificate
     */
    public static boolean permits(HttpConnection connection, @Nullable Tenant tenant) {
        if (!connection.isSsl()) {
            return tenant == null || !tenant.tls().requiresClientCertificate();
        }
        TenantCertificate shown = connection instanceof ConnectionBase base
                ? base.channel().attr(KEY).get()
                : null;
        if (shown == null) {
            return tenant == null || tenant.tls().certificate() == null;
        }
        return tenant != null
                && shown.tenant().equals(tenant.id())
                && Objects.equals(shown.certificate().clients(), tenant.tls().clients());
    }

    /**
     * Returns the client certificate in the form of RFC 9440 section 2.1, the DER as a byte sequence (RFC 9651 section
     * 3.3.5); null without one. Encoded once per connection.
     */
    public static @Nullable String client(HttpConnection connection) {
        if (!connection.isSsl() || !(connection instanceof ConnectionBase base)) {
            return null;
        }
        Attribute<String> written = base.channel().attr(CLIENT);
        String value = written.get();
        if (value == null) {
            value = write(connection.sslSession());
            written.set(value);
        }
        return value.equals(NONE) ? null : value;
    }

    private static String write(SSLSession session) {
        try {
            byte[] der = session.getPeerCertificates()[0].getEncoded();
            return ':' + Base64.getEncoder().encodeToString(der) + ':';
        } catch (SSLPeerUnverifiedException nobody) {
            return NONE;
        } catch (CertificateEncodingException unexpected) {
            throw new IllegalStateException("a parsed certificate cannot be encoded", unexpected);
        }
    }
}

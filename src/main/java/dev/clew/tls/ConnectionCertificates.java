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

/** Which certificate a connection was shown, for its requests to be held to, and which one its client showed. */
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
     * Whether the connection is one that the tenant's requests may come by: without TLS unless it asks for clients'
     * certificates; with its own certificate, or the listener's where it has none. A certificate that was renewed since then
     * does not matter, but who is asked of clients does.
     *
     * @param tenant null when the request's host is nobody's: any but a tenant's connection will do
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
     * The certificate by which a client has proved who it is, as RFC 9440 section 2.1 has it told: the DER as a byte sequence
     * (RFC 9651 section 3.3.5). Null when it showed none. Written once for each connection.
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
            throw new IllegalStateException("a certificate that was read cannot be written", unexpected);
        }
    }
}

package dev.clew.tls;

import dev.clew.tenant.Tenant;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which certificate a connection was shown, for its requests to be held to. */
public final class Presented {

    private static final AttributeKey<TenantCertificate> KEY = AttributeKey.valueOf(Presented.class, "certificate");

    private Presented() {}

    static void remember(Channel channel, TenantCertificate certificate) {
        channel.attr(KEY).set(certificate);
    }

    /**
     * Whether the connection is one that the tenant's requests may come by: without TLS unless it asks for clients'
     * certificates; with its own certificate, or the listener's where it has none. A certificate that was renewed since then
     * does not matter, but who is asked of clients does.
     *
     * @param tenant null when the request's host is nobody's: any but a tenant's connection will do
     */
    public static boolean suits(HttpConnection connection, @Nullable Tenant tenant) {
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
}

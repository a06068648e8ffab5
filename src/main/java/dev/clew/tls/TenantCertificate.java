package dev.clew.tls;

import dev.clew.tenant.TenantId;
import dev.clew.tenant.tls.ServerCertificate;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's certificate with its TLS context. Its sessions are separate, so that none resumes through another tenant's
 * host.
 */
final class TenantCertificate {

    private final TenantId tenant;
    private final ServerCertificate certificate;
    private final ServerContexts contexts;
    private @Nullable ServerContext context;
    private boolean retired;

    TenantCertificate(TenantId tenant, ServerCertificate certificate, ServerContexts contexts) {
        this.tenant = tenant;
        this.certificate = certificate;
        this.contexts = contexts;
    }

    TenantId tenant() {
        return tenant;
    }

    ServerCertificate certificate() {
        return certificate;
    }

    /** Returns a handler of the context, which is built on first use: of thousands of tenants, most are idle. */
    synchronized SslHandler newHandler(ByteBufAllocator allocator) throws SSLException {
        if (context == null) {
            context = contexts.tenants(tenant, certificate);
        }
        SslHandler handler = context.newHandler(allocator);
        if (retired) {
            release();
        }
        return handler;
    }

    /** Releases the context; called when the certificate is replaced, while handshakes may still begin with it. */
    synchronized void retire() {
        retired = true;
        release();
    }

    private void release() {
        if (context != null) {
            context.release();
            context = null;
        }
    }
}

package dev.clew.tls;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of session tickets in all TLS contexts of the listener. Without secrets, BoringSSL makes keys for each
 * context and changes them every other day; a session then resumes at this replica only. Thread-safe.
 */
public final class SessionTickets {

    private final Map<OpenSslSessionContext, byte[]> issuers = new IdentityHashMap<>();
    private @Nullable TicketSecrets secrets;

    /** Replaces the secrets; a ticket of a secret that is no longer among them costs its client a full handshake. */
    public synchronized void use(TicketSecrets next) {
        secrets = next;
        issuers.forEach((issuer, owner) -> issuer.setTicketKeys(next.keys(owner)));
    }

    /** Has a context issue tickets. The JDK's engine does so by itself, with keys of its own. */
    synchronized void add(SslContext context, byte[] owner) {
        if (context.sessionContext() instanceof OpenSslSessionContext issuer) {
            issuers.put(issuer, owner);
            if (secrets == null) {
                issuer.setTicketKeys();
            } else {
                issuer.setTicketKeys(secrets.keys(owner));
            }
        }
    }

    /** Forgets a context. To be called before it is released: its keys must not be set afterwards. */
    @SuppressWarnings("SuspiciousMethodCalls") // any session context may be asked for
    synchronized void remove(SslContext context) {
        issuers.remove(context.sessionContext());
    }
}

package dev.clew.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the context of the listener's own certificate where Vert.x would make one: with the gateway's library, session
 * tickets and OCSP response. Vert.x's own options for such a library know neither.
 */
final class ListenerEngine extends SSLEngineOptions {

    private final ServerContexts contexts;

    ListenerEngine(ServerContexts contexts) {
        this.contexts = contexts;
    }

    @Override
    public SSLEngineOptions copy() {
        return this;
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new Factory(contexts);
    }

    /** Takes from Vert.x what the listener's rules do not say. */
    private static final class Factory implements SslContextFactory {

        private final ServerContexts contexts;
        private @Nullable KeyManagerFactory keys;
        private @Nullable TrustManagerFactory trusted;
        private ClientAuth clients = ClientAuth.NONE;

        Factory(ServerContexts contexts) {
            this.contexts = contexts;
        }

        @Override
        public SslContextFactory keyMananagerFactory(KeyManagerFactory factory) {
            keys = factory;
            return this;
        }

        @Override
        public SslContextFactory trustManagerFactory(TrustManagerFactory factory) {
            trusted = factory;
            return this;
        }

        @Override
        public SslContextFactory clientAuth(ClientAuth policy) {
            clients = policy;
            return this;
        }

        @Override
        public SslContext create() throws SSLException {
            return contexts.listeners(Objects.requireNonNull(keys), trusted, clients);
        }
    }
}

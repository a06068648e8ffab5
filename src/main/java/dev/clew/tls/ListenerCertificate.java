package dev.clew.tls;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The listener's own certificate, or that it has none, with the tenants' beside it: the listener's options are all that
 * Vert.x hands down to its transport, where {@link ServerNameHandler} is put in front of it.
 */
public final class ListenerCertificate implements KeyCertOptions {

    private final @Nullable KeyCertOptions own;
    private final SniCertificates names;

    private ListenerCertificate(@Nullable KeyCertOptions own, SniCertificates names) {
        this.own = own;
        this.names = names;
    }

    /**
     * Has the listener show tenants' certificates. It shows one of its own to all others, whatever name they ask for.
     *
     * @return what says which
     */
    public static SniCertificates extend(HttpServerOptions listener) {
        SniCertificates names = new SniCertificates(TlsRules.of(listener));
        listener.setKeyCertOptions(new ListenerCertificate(listener.getKeyCertOptions(), names));
        // Vert.x's handler for names has a timer that cannot be stopped by who takes its place.
        listener.setSni(false);
        return names;
    }

    /** To be called for each connection when Vert.x has set it up. */
    public void install(ChannelPipeline pipeline) {
        if (pipeline.get(ServerNameHandler.VERTX_TLS) != null) {
            pipeline.addBefore(ServerNameHandler.VERTX_TLS, "server-name", new ServerNameHandler(names));
        }
    }

    @Override
    public KeyCertOptions copy() {
        return new ListenerCertificate(own == null ? null : own.copy(), names);
    }

    @Override
    public KeyManagerFactory getKeyManagerFactory(Vertx vertx) throws Exception {
        return own == null ? nothing() : own.getKeyManagerFactory(vertx);
    }

    /** With nothing to show, a handshake fails. */
    private static KeyManagerFactory nothing() throws GeneralSecurityException, IOException {
        KeyStore empty = KeyStore.getInstance(KeyStore.getDefaultType());
        empty.load(null, null);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(empty, new char[0]);
        return factory;
    }
}

package dev.clew.tls;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The listener's default certificate, if any, together with the tenants'. It is passed in the listener's options
 * because these are all that Vert.x passes to its transport, which puts {@link ServerNameHandler} in front.
 */
public final class ListenerCertificate implements KeyCertOptions {

    private final @Nullable KeyCertOptions own;
    private final @Nullable RenewableKeys renewable;
    private final SniCertificates names;

    private ListenerCertificate(
            @Nullable KeyCertOptions own, @Nullable RenewableKeys renewable, SniCertificates names) {
        this.own = own;
        this.renewable = renewable;
        this.names = names;
    }

    /**
     * Lets the listener present tenants' certificates by SNI. All other clients get the listener's default certificate,
     * whatever name they send.
     *
     * @param renewable the default certificate's keys, if they can be renewed; null for those of the options
     * @param staple presented with the default certificate
     * @return the table of tenants' certificates
     */
    public static SniCertificates extend(
            HttpServerOptions listener, @Nullable RenewableKeys renewable, SessionTickets tickets, Staple staple) {
        TlsLibrary library = TlsLibrary.inUse();
        ServerContexts contexts = new ServerContexts(library, TlsRules.of(listener), tickets, staple);
        SniCertificates names = new SniCertificates(contexts);
        if (library != TlsLibrary.JDK) {
            listener.setSslEngineOptions(new ListenerEngine(contexts));
        }
        listener.setKeyCertOptions(new ListenerCertificate(listener.getKeyCertOptions(), renewable, names));
        // Vert.x's SNI handler has a timer that a replacement cannot stop.
        listener.setSni(false);
        return names;
    }

    /** Installs the SNI handler. To be called for each connection after Vert.x has set it up. */
    public void install(ChannelPipeline pipeline) {
        if (pipeline.get(ServerNameHandler.VERTX_TLS) != null) {
            pipeline.addBefore(ServerNameHandler.VERTX_TLS, "server-name", new ServerNameHandler(names));
        }
    }

    @Override
    public KeyCertOptions copy() {
        return new ListenerCertificate(own == null ? null : own.copy(), renewable, names);
    }

    @Override
    public KeyManagerFactory getKeyManagerFactory(Vertx vertx) throws Exception {
        if (own != null && renewable != null) {
            return new KeyManagerFactoryWrapper(renewable);
        }
        return own == null ? nothing() : own.getKeyManagerFactory(vertx);
    }

    /** Creates a factory without keys, with which every handshake fails. */
    private static KeyManagerFactory nothing() throws GeneralSecurityException, IOException {
        KeyStore empty = KeyStore.getInstance(KeyStore.getDefaultType());
        empty.load(null, null);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(empty, new char[0]);
        return factory;
    }
}

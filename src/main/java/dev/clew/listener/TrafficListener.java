package dev.clew.listener;

import dev.clew.network.Networks;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The marker of a listener for client traffic, whose connections are counted and, from the given load balancers, begin
 * with the PROXY protocol. It takes the place of the listener's certificate, with or without TLS, because the
 * listener's options are all that Vert.x passes to its transport.
 */
public final class TrafficListener implements KeyCertOptions {

    private final @Nullable KeyCertOptions certificate;
    private final Networks from;

    private TrafficListener(@Nullable KeyCertOptions certificate, Networks from) {
        this.certificate = certificate;
        this.from = from;
    }

    /**
     * Marks a listener. To be called after its certificate is set.
     *
     * @param from the networks whose connections begin with a {@link ProxyHeader}
     */
    public static void extend(HttpServerOptions listener, Networks from) {
        listener.setKeyCertOptions(new TrafficListener(listener.getKeyCertOptions(), from));
    }

    /** Returns the listener's certificate; null for none. */
    @Nullable KeyCertOptions certificate() {
        return certificate;
    }

    Networks from() {
        return from;
    }

    @Override
    public KeyCertOptions copy() {
        return new TrafficListener(certificate == null ? null : certificate.copy(), from);
    }

    @Override
    public @Nullable KeyManagerFactory getKeyManagerFactory(Vertx vertx) throws Exception {
        return certificate == null ? null : certificate.getKeyManagerFactory(vertx);
    }

    @Override
    public @Nullable Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) throws Exception {
        return certificate == null ? null : certificate.keyManagerFactoryMapper(vertx);
    }
}

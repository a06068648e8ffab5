package dev.clew.listener;

import dev.clew.network.Networks;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A listener for clients, whose connections are counted and, from load balancers that speak it, begin with the PROXY
 * protocol. It is said in the place of its certificate, with TLS or without, because the listener's options are all
 * that Vert.x hands down to its transport.
 */
public final class TrafficListener implements KeyCertOptions {

    private final @Nullable KeyCertOptions certificate;
    private final Networks from;

    private TrafficListener(@Nullable KeyCertOptions certificate, Networks from) {
        this.certificate = certificate;
        this.from = from;
    }

    /**
     * Makes it one for clients. To be called when the listener has its certificate.
     *
     * @param from where each connection begins with a {@link ProxyHeader}
     */
    public static void extend(HttpServerOptions listener, Networks from) {
        listener.setKeyCertOptions(new TrafficListener(listener.getKeyCertOptions(), from));
    }

    /** What the listener shows; null for nothing. */
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

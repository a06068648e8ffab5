package dev.clew.listener;

import dev.clew.network.Networks;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A listener that load balancers connect to which speak the PROXY protocol. It is said in the place of its certificate, with TLS or
 * without, because the listener's options are all that Vert.x hands down to its transport.
 */
public final class ProxiedListener implements KeyCertOptions {

    private final @Nullable KeyCertOptions certificate;
    private final Networks from;

    private ProxiedListener(@Nullable KeyCertOptions certificate, Networks from) {
        this.certificate = certificate;
        this.from = from;
    }

    /**
     * Has each connection from these networks begin with a {@link ProxyHeader}. To be called when the listener has its
     * certificate.
     */
    public static void extend(HttpServerOptions listener, Networks from) {
        if (!from.networks().isEmpty()) {
            listener.setKeyCertOptions(new ProxiedListener(listener.getKeyCertOptions(), from));
        }
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
        return new ProxiedListener(certificate == null ? null : certificate.copy(), from);
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

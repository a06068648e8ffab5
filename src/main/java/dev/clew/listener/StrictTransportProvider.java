package dev.clew.listener;

import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Installs {@link StrictTransport}, and with it {@link StrictRequestDecoder}, for every HTTP server of this process.
 *
 * <p>A service provider is the only way in Vert.x to reach an accepted connection before its first byte is decoded
 * while Quarkus manages the listener, its ports and its TLS (ADR 0005).
 */
public final class StrictTransportProvider implements VertxServiceProvider {

    @Override
    public void init(VertxBuilder builder) {
        Config config = ConfigProvider.getConfig();
        builder.findTransport(
                new StrictTransport(builder.findTransport(), WireLimits.of(config), Listeners.of(config)));
    }
}

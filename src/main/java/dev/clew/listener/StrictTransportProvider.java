package dev.clew.listener;

import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Installs {@link StrictTransport}, and with it {@link StrictRequestDecoder}, in front of every HTTP server of this process.
 *
 * <p>A service provider is the one place where Vert.x lets an application reach an accepted connection before its first
 * byte is decoded while Quarkus keeps the listener, its ports and its TLS (ADR 0005).
 */
public final class StrictTransportProvider implements VertxServiceProvider {

    @Override
    public void init(VertxBuilder builder) {
        Config config = ConfigProvider.getConfig();
        builder.findTransport(
                new StrictTransport(builder.findTransport(), WireLimits.of(config), Listeners.of(config)));
    }
}

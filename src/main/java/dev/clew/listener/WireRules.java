package dev.clew.listener;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerOptions;
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
public final class WireRules implements VertxServiceProvider {

    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new StrictTransport(builder.findTransport(), limits()));
    }

    /** The limits Quarkus configures its listeners with; Vert.x does not hand them down to its transport. */
    private static HttpServerOptions limits() {
        Config config = ConfigProvider.getConfig();
        HttpServerOptions limits = new HttpServerOptions();
        config.getOptionalValue("quarkus.http.limits.max-initial-line-length", Integer.class)
                .ifPresent(limits::setMaxInitialLineLength);
        config.getOptionalValue("quarkus.http.limits.max-header-size", MemorySize.class)
                .ifPresent(size -> limits.setMaxHeaderSize((int) size.asLongValue()));
        config.getOptionalValue("quarkus.http.limits.max-chunk-size", MemorySize.class)
                .ifPresent(size -> limits.setMaxChunkSize((int) size.asLongValue()));
        return limits;
    }
}

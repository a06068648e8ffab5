package dev.clew.listener;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * What a connection may send before it has sent a request.
 *
 * @param decoder the limits Quarkus configures its listeners with; Vert.x does not hand them down to its transport
 * @param head the most time for a request's head
 */
record WireLimits(HttpServerOptions decoder, Duration head) {

    private static final String HEAD_TIMEOUT = "clew.head-timeout";
    private static final Duration STANDARD_HEAD = Duration.ofSeconds(10);

    WireLimits {
        if (head.toMillis() <= 0) {
            throw new IllegalArgumentException(HEAD_TIMEOUT + ": " + head.toMillis() + "ms (expected: from 1ms)");
        }
    }

    static WireLimits of(Config config) {
        HttpServerOptions decoder = new HttpServerOptions();
        config.getOptionalValue("quarkus.http.limits.max-initial-line-length", Integer.class)
                .ifPresent(decoder::setMaxInitialLineLength);
        config.getOptionalValue("quarkus.http.limits.max-header-size", MemorySize.class)
                .ifPresent(size -> decoder.setMaxHeaderSize((int) size.asLongValue()));
        config.getOptionalValue("quarkus.http.limits.max-chunk-size", MemorySize.class)
                .ifPresent(size -> decoder.setMaxChunkSize((int) size.asLongValue()));
        return new WireLimits(
                decoder, config.getOptionalValue(HEAD_TIMEOUT, Duration.class).orElse(STANDARD_HEAD));
    }
}

package dev.clew.listener;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * The limits on HTTP/1 and HTTP/2 heads, enforced before decoding.
 *
 * @param decoder the limits Quarkus configures for its listeners; Vert.x does not pass them to its transport
 * @param head the timeout for a request head; from 1 ms
 * @param fields the limit on field lines of a head, and of a trailer section; from 1
 */
public record WireLimits(HttpServerOptions decoder, Duration head, int fields) {

    /** The default number of fields, as in Apache and HAProxy. */
    public static final int STANDARD_FIELDS = 100;

    private static final String HEAD_TIMEOUT = "clew.head-timeout";
    private static final String MAX_FIELDS = "clew.max-header-fields";
    private static final Duration STANDARD_HEAD = Duration.ofSeconds(10);

    public WireLimits {
        if (head.toMillis() <= 0) {
            throw new IllegalArgumentException(HEAD_TIMEOUT + ": " + head.toMillis() + "ms (expected: from 1ms)");
        }
        if (fields < 1) {
            throw new IllegalArgumentException(MAX_FIELDS + ": " + fields + " (expected: from 1)");
        }
    }

    /** Reads {@value #HEAD_TIMEOUT}, {@value #MAX_FIELDS} and Quarkus's {@code quarkus.http.limits.*}. */
    public static WireLimits of(Config config) {
        HttpServerOptions decoder = new HttpServerOptions();
        config.getOptionalValue("quarkus.http.limits.max-initial-line-length", Integer.class)
                .ifPresent(decoder::setMaxInitialLineLength);
        config.getOptionalValue("quarkus.http.limits.max-header-size", MemorySize.class)
                .ifPresent(size -> decoder.setMaxHeaderSize((int) size.asLongValue()));
        config.getOptionalValue("quarkus.http.limits.max-chunk-size", MemorySize.class)
                .ifPresent(size -> decoder.setMaxChunkSize((int) size.asLongValue()));
        return new WireLimits(
                decoder,
                config.getOptionalValue(HEAD_TIMEOUT, Duration.class).orElse(STANDARD_HEAD),
                config.getOptionalValue(MAX_FIELDS, Integer.class).orElse(STANDARD_FIELDS));
    }
}

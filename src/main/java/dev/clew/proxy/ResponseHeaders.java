package dev.clew.proxy;

import dev.clew.header.FieldRule;
import dev.clew.header.HeaderField;
import dev.clew.header.HeaderRegistry;
import io.vertx.core.MultiMap;
import java.util.Set;

/** The header fields of an upstream's response, as the {@linkplain HeaderRegistry registry} lets them pass. */
final class ResponseHeaders {

    private ResponseHeaders() {}

    /** Copies the fields including the upstream's CORS fields. */
    static void copy(MultiMap from, MultiMap to) {
        copy(from, to, false);
    }

    /**
     * Copies the fields line by line, so that {@code Set-Cookie} lines stay separate (RFC 9110 section 5.3) and the
     * gateway's {@code Server-Timing} entry is kept beside the upstream's.
     *
     * @param crossOrigin whether the gateway sets the CORS fields, in place of the upstream's
     */
    static void copy(MultiMap from, MultiMap to, boolean crossOrigin) {
        Set<String> named = ConnectionOptions.namedBy(from);
        FieldLine.each(from, (name, value) -> {
            HeaderField rules = HeaderRegistry.of(name);
            if (!rules.isDroppedFromResponses()
                    && !ConnectionOptions.isNamed(named, name)
                    && !(crossOrigin && rules.is(FieldRule.CROSS_ORIGIN))) {
                to.add(name, value);
            }
        });
    }
}

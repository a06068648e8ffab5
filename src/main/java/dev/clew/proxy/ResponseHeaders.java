package dev.clew.proxy;

import dev.clew.header.FieldRule;
import dev.clew.header.HeaderField;
import dev.clew.header.HeaderRegistry;
import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Set;

/** The header fields of an upstream's response, as far as the {@linkplain HeaderRegistry rules} let them pass. */
final class ResponseHeaders {

    private ResponseHeaders() {}

    /** As the other, of an answer that itself says who may read it. */
    static void copy(MultiMap from, MultiMap to) {
        copy(from, to, false);
    }

    /**
     * Adds line by line, so that {@code Set-Cookie} lines stay apart (RFC 9110 section 5.3) and the gateway's own
     * {@code Server-Timing} entry stays beside the upstream's.
     *
     * @param crossOrigin whether the gateway answers for the upstream who may read the answer
     */
    static void copy(MultiMap from, MultiMap to, boolean crossOrigin) {
        Set<String> named = ConnectionOptions.namedBy(from);
        for (Map.Entry<String, String> field : from) {
            String name = field.getKey();
            HeaderField rules = HeaderRegistry.of(name);
            if (!rules.isDroppedFromResponses()
                    && !ConnectionOptions.isNamed(named, name)
                    && !(crossOrigin && rules.is(FieldRule.CROSS_ORIGIN))) {
                to.add(name, field.getValue());
            }
        }
    }
}

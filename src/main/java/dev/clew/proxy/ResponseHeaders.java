package dev.clew.proxy;

import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Set;

/** What of an upstream's header fields goes to the client: all but hop-by-hop fields and those that name the gateway's trace. */
final class ResponseHeaders {

    private static final String CROSS_ORIGIN = "access-control-";

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
        Set<String> named = HopByHop.namedBy(from);
        for (Map.Entry<String, String> field : from) {
            String name = field.getKey();
            if (!HopByHop.is(name)
                    && !HopByHop.isNamed(named, name)
                    && !namesTheTrace(name)
                    && !(crossOrigin && name.regionMatches(true, 0, CROSS_ORIGIN, 0, CROSS_ORIGIN.length()))) {
                to.add(name, field.getValue());
            }
        }
    }

    private static boolean namesTheTrace(String name) {
        return switch (name.length()) {
            case 9 -> name.equalsIgnoreCase("x-span-id");
            case 10 -> name.equalsIgnoreCase("x-trace-id");
            case 13 -> name.equalsIgnoreCase("traceresponse");
            default -> false;
        };
    }
}

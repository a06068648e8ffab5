package dev.clew.proxy;

import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Set;

/** What of an upstream's header fields goes to the client: all but hop-by-hop fields and those that name the gateway's trace. */
final class ResponseHeaders {

    private ResponseHeaders() {}

    /**
     * Adds line by line, so that {@code Set-Cookie} lines stay apart (RFC 9110 section 5.3) and the gateway's own
     * {@code Server-Timing} entry stays beside the upstream's.
     */
    static void copy(MultiMap from, MultiMap to) {
        Set<String> named = HopByHop.namedBy(from);
        for (Map.Entry<String, String> field : from) {
            String name = field.getKey();
            if (!HopByHop.is(name) && !HopByHop.isNamed(named, name) && !namesTheTrace(name)) {
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

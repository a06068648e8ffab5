package dev.clew.observe;

import io.vertx.core.http.HttpMethod;
import java.util.List;

/**
 * The request methods that spans, metrics and logs name. Any other is {@code _OTHER} (OpenTelemetry HTTP semantic conventions,
 * {@code http.request.method}), since a client may invent methods without end.
 */
final class Methods {

    static final String OTHER = "_OTHER";

    private static final List<HttpMethod> KNOWN = List.of(
            HttpMethod.GET,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.DELETE,
            HttpMethod.PATCH,
            HttpMethod.HEAD,
            HttpMethod.OPTIONS,
            HttpMethod.TRACE,
            HttpMethod.CONNECT,
            HttpMethod.valueOf("QUERY"));

    /** One more than the known ones, for the others. */
    static final int COUNT = KNOWN.size() + 1;

    private Methods() {}

    /** Vert.x has one object for each of them but the last, which is compared by name with all that are left. */
    @SuppressWarnings("ReferenceEquality")
    static int indexOf(HttpMethod method) {
        for (int i = 0; i < COUNT - 1; i++) {
            if (KNOWN.get(i) == method) {
                return i;
            }
        }
        return KNOWN.get(COUNT - 2).equals(method) ? COUNT - 2 : COUNT - 1;
    }

    static String name(int index) {
        return index == COUNT - 1 ? OTHER : KNOWN.get(index).name();
    }

    /** What a span's name begins with; the conventions say "HTTP" for a method that is not known. */
    static String spanName(int index) {
        return index == COUNT - 1 ? "HTTP" : KNOWN.get(index).name();
    }
}

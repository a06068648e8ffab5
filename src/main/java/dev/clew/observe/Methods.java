package dev.clew.observe;

import io.vertx.core.http.HttpMethod;
import java.util.List;

/**
 * The request methods that spans, metrics and logs name. Any other is {@code _OTHER} (OpenTelemetry HTTP semantic
 * conventions, {@code http.request.method}), since a client may invent methods without end.
 */
public final class Methods {

    private static final String OTHER = "_OTHER";

    private final HttpMethod[] known;

    /** @param names in upper and lower case as they are sent; the frequent ones first */
    public Methods(List<String> names) {
        known = names.stream().map(HttpMethod::valueOf).toArray(HttpMethod[]::new);
    }

    /** One more than the known ones, for the others. */
    int count() {
        return known.length + 1;
    }

    /** Vert.x has one object for each of the usual ones, so that names are compared of the unusual alone. */
    @SuppressWarnings("ReferenceEquality")
    int indexOf(HttpMethod method) {
        for (int i = 0; i < known.length; i++) {
            if (known[i] == method) {
                return i;
            }
        }
        for (int i = 0; i < known.length; i++) {
            if (known[i].equals(method)) {
                return i;
            }
        }
        return known.length;
    }

    boolean isOther(HttpMethod method) {
        return indexOf(method) == known.length;
    }

    String name(int index) {
        return index == known.length ? OTHER : known[index].name();
    }

    /** What a span's name begins with; the conventions say "HTTP" for a method that is not known. */
    String spanName(int index) {
        return index == known.length ? "HTTP" : known[index].name();
    }
}

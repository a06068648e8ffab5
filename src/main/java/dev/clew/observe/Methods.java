package dev.clew.observe;

import io.vertx.core.http.HttpMethod;
import java.util.List;

/**
 * The request methods named in spans, metrics and logs. Any other is {@code _OTHER} (OpenTelemetry HTTP semantic
 * conventions, {@code http.request.method}), since clients may send any number of methods.
 */
public final class Methods {

    private static final String OTHER = "_OTHER";

    private final HttpMethod[] known;

    /** @param names case-sensitive, the frequent ones first */
    public Methods(List<String> names) {
        known = names.stream().map(HttpMethod::valueOf).toArray(HttpMethod[]::new);
    }

    /** Returns the number of indexes: one per known method, and one for all others. */
    int count() {
        return known.length + 1;
    }

    /** Compares by identity first: Vert.x has one object for each common method. */
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

    /** Returns the method in a span's name: "HTTP" for an unknown one, by the conventions. */
    String spanName(int index) {
        return index == known.length ? "HTTP" : known[index].name();
    }
}

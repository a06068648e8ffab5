package dev.clew.exchange;

import dev.clew.trace.context.HeaderLines;
import dev.clew.trace.context.PropagationHeader;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The names of the propagation headers as Vert.x looks them up fastest: with precomputed hashes. */
public final class PropagationHeaders {

    /** Reads the lines of a propagation header; allocates nothing for an absent one. */
    public static final HeaderLines<MultiMap> LINES = PropagationHeaders::lines;

    private static final Map<PropagationHeader, CharSequence> NAMES = names();

    private PropagationHeaders() {}

    public static CharSequence name(PropagationHeader header) {
        return Objects.requireNonNull(NAMES.get(header));
    }

    private static List<String> lines(MultiMap headers, PropagationHeader header) {
        CharSequence name = name(header);
        // Checked first, because HTTP/2 headers allocate a list even for an absent field.
        return headers.contains(name) ? headers.getAll(name) : List.of();
    }

    private static Map<PropagationHeader, CharSequence> names() {
        Map<PropagationHeader, CharSequence> names = new EnumMap<>(PropagationHeader.class);
        for (PropagationHeader header : PropagationHeader.values()) {
            names.put(header, HttpHeaders.createOptimized(header.fieldName()));
        }
        return names;
    }
}

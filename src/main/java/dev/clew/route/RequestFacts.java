package dev.clew.route;

import org.jspecify.annotations.Nullable;

/** The parts of a request, besides method and path, that route conditions examine. */
public interface RequestFacts {

    /** Returns a header field's value, several lines joined by ", " (RFC 9110 §5.3); null when there is none. */
    @Nullable String header(String name);

    /** Returns the query as received, without "?"; null when there is none. */
    @Nullable String query();
}

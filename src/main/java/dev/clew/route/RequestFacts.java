package dev.clew.route;

import org.jspecify.annotations.Nullable;

/** What of a request, beside its method and path, can decide about its route. */
public interface RequestFacts {

    /** The values of a header field, joined by ", " where there are several lines (RFC 9110 §5.3); null without any. */
    @Nullable String header(String name);

    /** The query as received, without "?"; null when there is none. */
    @Nullable String query();
}

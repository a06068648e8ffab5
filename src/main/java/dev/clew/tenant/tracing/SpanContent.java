package dev.clew.tenant.tracing;

import dev.clew.header.FieldRule;
import dev.clew.header.HeaderRegistry;
import java.util.List;

/**
 * The content of a tenant's spans beyond the attributes that every span has.
 *
 * @param profile the attributes of the HTTP semantic conventions
 * @param requestHeaders recorded request header fields, by name in lower case
 * @param responseHeaders recorded response header fields, by name in lower case
 */
public record SpanContent(Profile profile, List<String> requestHeaders, List<String> responseHeaders) {

    /** A set of attributes of the HTTP semantic conventions. */
    public enum Profile {
        /** Nothing that identifies a client: no path, query, address or user agent. */
        MINIMAL("minimal"),
        /** All that the conventions require or recommend, with query values redacted. */
        SEMCONV("semconv");

        private final String token;

        Profile(String token) {
            this.token = token;
        }

        /** Returns the value in a configuration file. */
        public String token() {
            return token;
        }
    }

    public static final SpanContent MINIMAL = new SpanContent(Profile.MINIMAL, List.of(), List.of());

    public SpanContent {
        requestHeaders = List.copyOf(requestHeaders);
        responseHeaders = List.copyOf(responseHeaders);
        requestHeaders.forEach(SpanContent::check);
        responseHeaders.forEach(SpanContent::check);
    }

    private static void check(String name) {
        if (HeaderRegistry.of(name).is(FieldRule.CREDENTIAL)) {
            throw new IllegalArgumentException("capture-headers: " + name + " (expected: no credentials)");
        }
    }
}

package dev.clew.tenant.tracing;

import dev.clew.header.FieldRule;
import dev.clew.header.HeaderRegistry;
import java.util.List;

/**
 * What a tenant's spans tell about a request, beyond what is told of every one.
 *
 * @param profile which attributes of the HTTP semantic conventions they have
 * @param requestHeaders request header fields that are recorded, by name in lower case
 * @param responseHeaders the same of the response
 */
public record SpanContent(Profile profile, List<String> requestHeaders, List<String> responseHeaders) {

    /** Which attributes of the HTTP semantic conventions a span has. */
    public enum Profile {
        /** None that tells of a caller: no path, query, address or user agent. */
        MINIMAL("minimal"),
        /** All that the conventions require or recommend, the values of queries redacted. */
        SEMCONV("semconv");

        private final String token;

        Profile(String token) {
            this.token = token;
        }

        /** The word for it in a configuration file. */
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

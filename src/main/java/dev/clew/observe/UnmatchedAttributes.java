package dev.clew.observe;

import dev.clew.journal.Circumstances;
import dev.clew.journal.Circumstances.Decision;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.MaskedPath;
import io.opentelemetry.api.common.AttributeKey;

/** The attributes by which the SERVER span of a request that no route matched explains itself. */
final class UnmatchedAttributes {

    /** Host, path, nearest route, and what it missed. */
    static final int MAX_PAIRS = 4;

    private static final AttributeKey<String> HOST = AttributeKey.stringKey("clew.host");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("clew.path");
    private static final AttributeKey<String> NEAREST = AttributeKey.stringKey("clew.nearest_route");
    private static final AttributeKey<String> MISSED = AttributeKey.stringKey("clew.missed");

    private UnmatchedAttributes() {}

    static void add(SpanPairs pairs, JournalEntry entry) {
        String host = entry.subject().host();
        if (host != null) {
            pairs.add(HOST, host);
        }
        String path = entry.subject().path();
        if (path != null) {
            // Masked also where the access log shows all of it: spans leave the gateway.
            pairs.add(PATH, MaskedPath.of(path));
        }
        Circumstances circumstances = entry.circumstances();
        Decision nearest = circumstances == null ? null : circumstances.nearest();
        String route = nearest == null ? null : nearest.missedRoute();
        if (nearest != null && route != null) {
            pairs.add(NEAREST, route);
            pairs.add(MISSED, nearest.why());
        }
    }
}

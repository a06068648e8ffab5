package dev.clew.observe;

import io.opentelemetry.api.common.AttributeKey;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * The header fields of one direction recorded in a tenant's SERVER spans (HTTP conventions, {@code
 * http.request.header.<key>}).
 */
final class CapturedHeaders {

    private static final int MAX_VALUES = 8;
    private static final int MAX_CHARACTERS = 256;

    private final CharSequence[] names;
    private final List<AttributeKey<List<String>>> keys = new ArrayList<>();

    /**
     * Prepares the attribute keys.
     *
     * @param prefix of the attributes' keys
     * @param fields in lower case, none of them a credential
     */
    CapturedHeaders(String prefix, List<String> fields) {
        names = new CharSequence[fields.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = HttpHeaders.createOptimized(fields.get(i));
            keys.add(AttributeKey.stringArrayKey(prefix + fields.get(i)));
        }
    }

    int count() {
        return names.length;
    }

    void add(MultiMap headers, SpanPairs to) {
        for (int i = 0; i < names.length; i++) {
            List<String> lines = headers.getAll(names[i]);
            if (!lines.isEmpty()) {
                to.add(keys.get(i), capped(lines));
            }
        }
    }

    private static List<String> capped(List<String> lines) {
        List<String> values = new ArrayList<>(Math.min(lines.size(), MAX_VALUES));
        for (int i = 0; i < lines.size() && i < MAX_VALUES; i++) {
            values.add(SpanPairs.cut(lines.get(i), MAX_CHARACTERS));
        }
        return values;
    }
}

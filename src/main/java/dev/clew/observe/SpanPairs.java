package dev.clew.observe;

import dev.clew.export.queue.SpanAttributes;
import io.opentelemetry.api.common.AttributeKey;

/** Keys and values of one span, in the one array that the span will keep. */
final class SpanPairs {

    private final Object[] pairs;
    private int length;

    SpanPairs(int atMost) {
        pairs = new Object[2 * atMost];
    }

    <T> SpanPairs add(AttributeKey<T> key, T value) {
        pairs[length++] = key;
        pairs[length++] = value;
        return this;
    }

    /** The beginning of a text that a caller may have made as long as it liked. */
    static String cut(String text, int mostCharacters) {
        return text.length() <= mostCharacters ? text : text.substring(0, mostCharacters);
    }

    SpanAttributes to(SpanAttributes shared) {
        return shared.with(pairs, length);
    }
}

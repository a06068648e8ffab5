package dev.clew.observe;

import dev.clew.export.queue.SpanAttributes;
import io.opentelemetry.api.common.AttributeKey;

/** The keys and values of one span, in the array that the span will own. */
final class SpanPairs {

    private final Object[] pairs;
    private int length;

    SpanPairs(int capacity) {
        pairs = new Object[2 * capacity];
    }

    <T> SpanPairs add(AttributeKey<T> key, T value) {
        pairs[length++] = key;
        pairs[length++] = value;
        return this;
    }

    /** Truncates a text whose length a client controls. */
    static String cut(String text, int maxCharacters) {
        return text.length() <= maxCharacters ? text : text.substring(0, maxCharacters);
    }

    SpanAttributes to(SpanAttributes shared) {
        return shared.with(pairs, length);
    }
}

package dev.clew.export.queue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Attributes in two parts: one shared by many spans, computed when a snapshot is built, and a small one of this span.
 * OpenTelemetry's own {@link Attributes} would copy, sort and compare all of them for each request.
 *
 * <p>The two parts have no key in common and neither has a key twice; assertions check it, so that tests detect a
 * violation at no cost to requests.
 */
public final class SpanAttributes implements Attributes {

    /** No attributes. */
    public static final SpanAttributes EMPTY = new SpanAttributes(new Object[0], new Object[0], 0);

    private final Object[] shared;
    private final Object[] own;
    private final int ownLength;

    private SpanAttributes(Object[] shared, Object[] own, int ownLength) {
        this.shared = shared;
        this.own = own;
        this.ownLength = ownLength;
        assert ownLength % 2 == 0 && ownLength <= own.length
                : "length: " + ownLength + " (expected: even, at most " + own.length + ")";
        assert asMap().size() == size() : "attributes: " + this + " (expected: each key once)";
    }

    /** Returns a copy of the attributes as the shared part, to which {@link #with(Object...)} adds. */
    public static SpanAttributes shared(Attributes attributes) {
        Object[] pairs = new Object[2 * attributes.size()];
        int[] length = {0};
        attributes.forEach((key, value) -> {
            pairs[length[0]++] = key;
            pairs[length[0]++] = value;
        });
        return new SpanAttributes(pairs, EMPTY.own, 0);
    }

    /**
     * Returns these shared attributes with one span's own.
     *
     * @param pairs key, value, key, value…: each an {@link AttributeKey} and a value of its type. The array is kept,
     *     not copied: the caller must not modify it afterwards.
     */
    public SpanAttributes with(Object... pairs) {
        return with(pairs, pairs.length);
    }

    /**
     * Returns the same as {@link #with(Object...)}, from an array that may be longer than its content.
     *
     * @param length the number of elements of {@code pairs} used, keys and values together
     */
    public SpanAttributes with(Object[] pairs, int length) {
        assert ownLength == 0 : "with() of attributes that have a span's own part already";
        return new SpanAttributes(shared, pairs, length);
    }

    /** Returns the approximate size in memory of this span's own attributes; the shared ones cost a span nothing. */
    int approximateBytes() {
        int bytes = 16 + 4 * own.length;
        for (int i = 1; i < ownLength; i += 2) {
            bytes += approximateBytes(own[i]);
        }
        return bytes;
    }

    /** Returns the approximate size in memory of attributes of any kind. */
    static long approximateBytes(Attributes attributes) {
        long[] bytes = {0};
        attributes.forEach((key, value) -> bytes[0] += 16 + approximateBytes(value));
        return bytes[0];
    }

    private static int approximateBytes(Object value) {
        if (value instanceof String text) {
            return 40 + text.length();
        }
        if (value instanceof List<?> values) {
            int bytes = 48;
            for (int i = 0; i < values.size(); i++) {
                bytes += approximateBytes(values.get(i));
            }
            return bytes;
        }
        return 16;
    }

    @Override
    @SuppressWarnings("unchecked") // a key is stored with a value of its type
    public <T> @Nullable T get(@Nullable AttributeKey<T> key) {
        if (key == null) {
            return null;
        }
        @Nullable Object found = find(own, ownLength, key);
        return (T) (found != null ? found : find(shared, shared.length, key));
    }

    private static @Nullable Object find(Object[] pairs, int length, AttributeKey<?> key) {
        for (int i = 0; i < length; i += 2) {
            if (key.equals(pairs[i])) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    @Override
    public void forEach(@Nullable BiConsumer<? super AttributeKey<?>, ? super Object> consumer) {
        if (consumer == null) {
            return;
        }
        each(shared, shared.length, consumer);
        each(own, ownLength, consumer);
    }

    private static void each(Object[] pairs, int length, BiConsumer<? super AttributeKey<?>, ? super Object> consumer) {
        for (int i = 0; i < length; i += 2) {
            consumer.accept((AttributeKey<?>) pairs[i], pairs[i + 1]);
        }
    }

    @Override
    public int size() {
        return (shared.length + ownLength) / 2;
    }

    @Override
    public boolean isEmpty() {
        return shared.length + ownLength == 0;
    }

    @Override
    public Map<AttributeKey<?>, Object> asMap() {
        Map<AttributeKey<?>, Object> map = new LinkedHashMap<>();
        forEach(map::put);
        return Collections.unmodifiableMap(map);
    }

    @Override
    public AttributesBuilder toBuilder() {
        return Attributes.builder().putAll(this);
    }

    /** Returns true for any {@link Attributes} with the same keys and values, in any order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && asMap().equals(that.asMap());
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}

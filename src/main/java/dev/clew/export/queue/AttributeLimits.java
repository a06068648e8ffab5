package dev.clew.export.queue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.SpanLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits on a span's attributes and links (OpenTelemetry specification, "Attribute Limits" and "Span Limits").
 *
 * @param count the bound on a span's attributes, 0 or more
 * @param valueLength the bound on a string value, and on each string of a list, in UTF-16 units; 0 or more
 * @param links the bound on a span's links, 0 or more
 */
public record AttributeLimits(int count, int valueLength, int links) {

    /** The specification's defaults: 128 attributes of any length, 128 links. */
    public static final AttributeLimits DEFAULT = new AttributeLimits(128, Integer.MAX_VALUE, 128);

    public AttributeLimits {
        if (count < 0) {
            throw new IllegalArgumentException("count: " + count + " (expected: 0 or more)");
        }
        if (valueLength < 0) {
            throw new IllegalArgumentException("valueLength: " + valueLength + " (expected: 0 or more)");
        }
        if (links < 0) {
            throw new IllegalArgumentException("links: " + links + " (expected: 0 or more)");
        }
    }

    /** Returns the SDK's limits. */
    public static AttributeLimits of(SpanLimits limits) {
        return new AttributeLimits(
                limits.getMaxNumberOfAttributes(), limits.getMaxAttributeValueLength(), limits.getMaxNumberOfLinks());
    }

    /** Returns the attributes within the limits; the same object if none exceeds them, which is the usual case. */
    Attributes apply(Attributes attributes) {
        if (valueLength == Integer.MAX_VALUE && attributes.size() <= count) {
            return attributes;
        }
        Object[] kept = new Object[2 * Math.min(count, attributes.size())];
        int[] length = {0};
        attributes.forEach((key, value) -> {
            if (length[0] < kept.length) {
                kept[length[0]++] = key;
                kept[length[0]++] = cut(key, value);
            }
        });
        return SpanAttributes.EMPTY.with(kept);
    }

    private Object cut(AttributeKey<?> key, Object value) {
        return switch (key.getType()) {
            case STRING -> cut((String) value);
            case STRING_ARRAY -> cut((List<?>) value);
            default -> value;
        };
    }

    private List<String> cut(List<?> texts) {
        List<String> cut = new ArrayList<>(texts.size());
        for (Object text : texts) {
            cut.add(cut((String) text));
        }
        return cut;
    }

    private String cut(String text) {
        return text.length() > valueLength ? text.substring(0, valueLength) : text;
    }
}

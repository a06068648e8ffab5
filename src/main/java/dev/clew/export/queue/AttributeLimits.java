package dev.clew.export.queue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;

/**
 * How many attributes and links a span may carry and how long an attribute's text may be (OpenTelemetry specification,
 * "Attribute Limits" and "Span Limits").
 *
 * @param count most attributes of one span, 0 or more
 * @param valueLength most characters (UTF-16 units) of a string value, and of each in a list of them, 0 or more
 * @param links most links of one span, 0 or more
 */
public record AttributeLimits(int count, int valueLength, int links) {

    /** 128 attributes of any length, 128 links, as the specification has it. */
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

    /** The attributes within these limits; the same object when nothing has to go, which is the usual case. */
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

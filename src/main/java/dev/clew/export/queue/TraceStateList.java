package dev.clew.export.queue;

import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tracestate} list kept in its text form (W3C Trace Context Level 2, section 3.3). OpenTelemetry's own
 * implementation splits it with a regular expression for each span exported; this one parses it only on demand.
 *
 * @param text without optional white space around members, which are exported as they are: spaces at the beginning of a
 *     value belong to it
 */
public record TraceStateList(String text) implements TraceState {

    @Override
    public @Nullable String get(@Nullable String key) {
        return key == null ? null : asMap().get(key);
    }

    @Override
    public int size() {
        return asMap().size();
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public void forEach(BiConsumer<String, String> consumer) {
        int from = 0;
        while (from < text.length()) {
            int comma = text.indexOf(',', from);
            int end = comma < 0 ? text.length() : comma;
            int equals = text.indexOf('=', from);
            if (equals > from && equals < end) {
                consumer.accept(text.substring(from, equals), text.substring(equals + 1, end));
            }
            from = end + 1;
        }
    }

    @Override
    public Map<String, String> asMap() {
        Map<String, String> members = new LinkedHashMap<>();
        forEach(members::putIfAbsent);
        return Collections.unmodifiableMap(members);
    }

    @Override
    public TraceStateBuilder toBuilder() {
        TraceStateBuilder builder = TraceState.builder();
        String[] keys = asMap().keySet().toArray(new String[0]);
        // A builder prepends members, so the oldest is added first.
        for (int i = keys.length - 1; i >= 0; i--) {
            builder.put(keys[i], asMap().get(keys[i]));
        }
        return builder;
    }
}

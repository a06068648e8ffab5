package dev.clew.filter;

import dev.clew.action.HeaderEdits;
import io.vertx.core.MultiMap;
import java.util.Map;

/** Applies a route's header edits to header fields. */
public final class HeaderEditing {

    private HeaderEditing() {}

    public static void apply(HeaderEdits edits, MultiMap fields) {
        if (edits.areNone()) {
            return;
        }
        for (String name : edits.remove()) {
            fields.remove(name);
        }
        for (Map.Entry<String, String> field : edits.set().entrySet()) {
            fields.set(field.getKey(), field.getValue());
        }
        for (Map.Entry<String, String> field : edits.add().entrySet()) {
            fields.add(field.getKey(), field.getValue());
        }
    }
}

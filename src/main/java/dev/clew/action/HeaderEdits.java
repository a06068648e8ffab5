package dev.clew.action;

import java.util.Map;
import java.util.Set;

/**
 * Changes to the header fields of a request or response. No name is in two of the three, so their order does not
 * matter.
 *
 * @param set fields that replace all existing ones of that name, by name in lower case
 * @param add fields appended as a further line
 * @param remove names in lower case
 */
public record HeaderEdits(Map<String, String> set, Map<String, String> add, Set<String> remove) {

    public static final HeaderEdits NONE = new HeaderEdits(Map.of(), Map.of(), Set.of());

    public HeaderEdits {
        set = Map.copyOf(set);
        add = Map.copyOf(add);
        remove = Set.copyOf(remove);
    }

    public boolean areNone() {
        return set.isEmpty() && add.isEmpty() && remove.isEmpty();
    }
}

package dev.clew.action;

import java.util.Map;
import java.util.Set;

/**
 * How header fields are changed on their way. No name stands in two of the three, so their order does not matter.
 *
 * @param set in place of whatever is there, by name in lower case
 * @param add beside what is there, as one more line
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

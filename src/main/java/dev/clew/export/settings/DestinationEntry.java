package dev.clew.export.settings;

import java.util.List;
import java.util.Map;

/**
 * The entry of one destination in {@code gateway/gateway.yaml}, unparsed.
 *
 * @param name the name in tenants' files, metrics and messages
 * @param place file, line and key of its mapping, for messages
 * @param texts its scalar values by their key below the mapping, such as {@code queue.spans} or {@code headers.x-key}
 * @param problems its values that are not even text
 */
public record DestinationEntry(
        String name, String place, Map<String, SettingText> texts, List<SettingProblem> problems) {

    public DestinationEntry {
        texts = Map.copyOf(texts);
        problems = List.copyOf(problems);
    }
}

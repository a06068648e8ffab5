package dev.clew.export.settings;

import java.util.List;
import java.util.Map;

/**
 * What {@code gateway/gateway.yaml} says of one destination, as it is written there.
 *
 * @param name how tenants, metrics and messages name it
 * @param place file, line and key of its mapping, for messages
 * @param texts its single values by their key below the mapping, such as {@code queue.spans} or {@code headers.x-key}
 * @param problems what of it could not even be read as text
 */
public record DestinationEntry(
        String name, String place, Map<String, SettingText> texts, List<SettingProblem> problems) {

    public DestinationEntry {
        texts = Map.copyOf(texts);
        problems = List.copyOf(problems);
    }
}

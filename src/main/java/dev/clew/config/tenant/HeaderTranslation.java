package dev.clew.config.tenant;

import dev.clew.action.HeaderEdits;
import dev.clew.action.HeaderRules;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Item;
import io.smallrye.config.ConfigValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates a route's changes to header fields. */
final class HeaderTranslation {

    private final Findings findings;
    private final Fields fields;

    HeaderTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    /**
     * Returns the valid changes; reports others.
     *
     * @param others changes of other sections
     */
    HeaderEdits edits(HeaderEditSection section, HeaderEdits others) {
        if (!findings.has(section.itself())) {
            return others;
        }
        Map<String, String> first = new HashMap<>();
        Map<String, String> set = new HashMap<>(others.set());
        set.putAll(fields(section.set(), first));
        Map<String, String> add = fields(section.add(), first);
        Set<String> remove = new HashSet<>();
        for (Item item : section.remove()) {
            name(item.itself().getName(), item.itself().getValue(), first).ifPresent(remove::add);
        }
        return new HeaderEdits(set, add, remove);
    }

    private Map<String, String> fields(Map<String, ConfigValue> written, Map<String, String> first) {
        Map<String, String> read = new HashMap<>();
        written.forEach((name, value) -> {
            Optional<String> field = name(value.getName(), name, first);
            Optional<String> content = fields.parse(value, HeaderRules::value);
            if (field.isPresent() && content.isPresent()) {
                read.put(field.get(), content.get());
            }
        });
        return read;
    }

    /** Returns a name that may be changed and is not yet changed. */
    private Optional<String> name(String key, String written, Map<String, String> first) {
        Optional<String> name = fields.parse(key, written, HeaderRules::name);
        String earlier = name.isEmpty() ? null : first.putIfAbsent(name.get(), key);
        if (earlier == null) {
            return name;
        }
        findings.problem(key, "again (expected: each name once; also " + earlier + ")");
        return Optional.empty();
    }
}

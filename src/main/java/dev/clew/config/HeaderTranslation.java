package dev.clew.config;

import dev.clew.action.HeaderEdits;
import dev.clew.action.HeaderRules;
import dev.clew.config.RouteSettings.HeaderEditSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a route's changes to header fields of their mapping. */
final class HeaderTranslation {

    private final Findings findings;
    private final Fields fields;

    HeaderTranslation(Findings findings, Fields fields) {
        this.findings = findings;
        this.fields = fields;
    }

    /**
     * The changes, without those that are wrong, which are reported.
     *
     * @param others changes that are said elsewhere
     */
    HeaderEdits edits(String key, HeaderEditSettings settings, HeaderEdits others) {
        if (!findings.has(key)) {
            return others;
        }
        Map<String, String> first = new HashMap<>();
        Map<String, String> set = new HashMap<>(others.set());
        set.putAll(fields(Keys.child(key, "set"), settings.set(), first));
        Map<String, String> add = fields(Keys.child(key, "add"), settings.add(), first);
        Set<String> remove = new HashSet<>();
        String removeKey = Keys.child(key, "remove");
        List<Integer> places = findings.places(removeKey);
        List<String> written = settings.remove().orElse(List.of());
        for (int i = 0; i < written.size(); i++) {
            name(Keys.item(removeKey, places.get(i)), written.get(i), first).ifPresent(remove::add);
        }
        return new HeaderEdits(set, add, remove);
    }

    private Map<String, String> fields(String key, Map<String, String> written, Map<String, String> first) {
        Map<String, String> read = new HashMap<>();
        written.forEach((name, value) -> {
            String place = Keys.child(key, name);
            Optional<String> field = name(place, name, first);
            Optional<String> content = fields.parse(place, value, HeaderRules::value);
            if (field.isPresent() && content.isPresent()) {
                read.put(field.get(), content.get());
            }
        });
        return read;
    }

    /** A name that may be changed and is not changed already. */
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

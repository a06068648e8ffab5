package dev.clew.config.gateway;

import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Keys;
import dev.clew.config.yaml.MappedFileReader;
import dev.clew.export.settings.DestinationEntry;
import dev.clew.export.settings.SettingProblem;
import dev.clew.export.settings.SettingText;
import dev.clew.tenant.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the destinations in the gateway's own file as raw texts, with their places. */
public final class TelemetryReader {

    /** The key of the destinations. */
    static final String KEY = "destinations";

    private final Function<String, @Nullable String> environment;

    public TelemetryReader(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** Returns whether a problem concerns destinations, and so does not prevent the start. */
    static boolean concerns(Problem problem) {
        return problem.key().equals(KEY) || problem.key().startsWith(KEY + ".");
    }

    /**
     * Returns the destinations in the file's order; empty when the file is not YAML.
     *
     * @param problems receives problems that concern no single destination
     */
    public Optional<List<DestinationEntry>> read(String name, byte[] content, List<SettingProblem> problems) {
        Findings findings = new Findings(name);
        Map<String, String> values = MappedFileReader.values(GatewayReader.SHAPE, content, environment, findings);
        if (values == null) {
            findings.problems().forEach(problem -> problems.add(settingProblem(problem)));
            return Optional.empty();
        }
        Map<String, List<SettingProblem>> byDestination = new LinkedHashMap<>();
        for (Problem problem : findings.problems()) {
            if (concerns(problem)) {
                String destination = destination(problem.key());
                boolean known = findings.has(Keys.child(KEY, destination));
                (known ? byDestination.computeIfAbsent(destination, absent -> new ArrayList<>()) : problems)
                        .add(settingProblem(problem));
            }
        }
        Map<String, Map<String, SettingText>> texts = new TreeMap<>();
        byDestination.keySet().forEach(known -> texts.put(known, new LinkedHashMap<>()));
        values.forEach((key, value) -> {
            if (key.startsWith(KEY + ".")) {
                String destination = destination(key);
                if (setting(key, destination).equals(TraceLinkTemplates.KEY) && !TraceLinkTemplates.isValid(value)) {
                    problems.add(new SettingProblem(
                            place(key, findings),
                            findings.shown(key, value) + " (expected: " + TraceLinkTemplates.EXPECTED + ")",
                            "no link is shown"));
                }
                texts.computeIfAbsent(destination, absent -> new LinkedHashMap<>())
                        .put(
                                setting(key, destination),
                                new SettingText(place(key, findings), value, findings.isSecret(key)));
            }
        });
        return Optional.of(texts.entrySet().stream()
                .sorted(Comparator.comparingInt(each -> findings.line(Keys.child(KEY, each.getKey()))))
                .map(each -> entry(each.getKey(), each.getValue(), byDestination, findings))
                .toList());
    }

    private static DestinationEntry entry(
            String name,
            Map<String, SettingText> texts,
            Map<String, List<SettingProblem>> problems,
            Findings findings) {
        String place = place(Keys.child(KEY, name), findings);
        return new DestinationEntry(name, place, texts, problems.getOrDefault(name, List.of()));
    }

    /** Returns the key within the destination; the name of a header is not quoted. */
    private static String setting(String key, String destination) {
        return key.substring(Keys.child(KEY, destination).length() + 1).replace("\"", "");
    }

    private static String place(String key, Findings findings) {
        return findings.file() + ":" + findings.line(key) + ": " + key;
    }

    private static SettingProblem settingProblem(Problem problem) {
        String fault = problem.message();
        String end = "; " + Findings.INSTEAD;
        return fault.endsWith(end)
                ? new SettingProblem(
                        problem.place(), fault.substring(0, fault.length() - end.length()), Findings.INSTEAD)
                : new SettingProblem(problem.place(), fault);
    }

    /** Returns the destination of a key: the segment after {@link #KEY}. */
    private static String destination(String key) {
        String rest = key.length() > KEY.length() ? key.substring(KEY.length() + 1) : "";
        if (rest.startsWith("\"")) {
            return rest.substring(1, Math.max(1, rest.indexOf('"', 1)));
        }
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '.' && rest.charAt(end) != '[') {
            end++;
        }
        return rest.substring(0, end);
    }
}

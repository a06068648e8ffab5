package dev.clew.config.gateway;

import dev.clew.config.gateway.DestinationSection.QueueSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Keys;
import dev.clew.config.yaml.MappedFileReader;
import dev.clew.export.settings.DestinationEntry;
import dev.clew.export.settings.SettingProblem;
import dev.clew.export.settings.SettingText;
import dev.clew.tenant.Problem;
import io.smallrye.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the destinations in the gateway's own file as raw texts, with their places. */
public final class TelemetryReader {

    /** The key of the destinations. */
    static final String KEY = "destinations";

    private final MappedFileReader<GatewayFile> files;

    public TelemetryReader(Function<String, @Nullable String> environment) {
        this.files = new MappedFileReader<>(GatewayFile.class, GatewayReader.SHAPE, environment);
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
        GatewayFile file = files.read(content, findings);
        if (file == null) {
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
        Set<String> names = new TreeSet<>(file.destinations().keySet());
        names.addAll(byDestination.keySet());
        return Optional.of(names.stream()
                .sorted(Comparator.comparingInt(each -> findings.line(Keys.child(KEY, each))))
                .map(each -> entry(
                        each, file.destinations().get(each), byDestination.getOrDefault(each, List.of()), findings))
                .toList());
    }

    private static DestinationEntry entry(
            String name, @Nullable DestinationSection written, List<SettingProblem> problems, Findings findings) {
        String key = Keys.child(KEY, name);
        Map<String, SettingText> texts = new LinkedHashMap<>();
        if (written != null) {
            for (ConfigValue field : fields(written)) {
                if (Fields.isSet(field)) {
                    texts.put(field.getName().substring(key.length() + 1), text(field, findings));
                }
            }
            written.headers().forEach((header, field) -> texts.put("headers." + header, text(field, findings)));
        }
        return new DestinationEntry(name, place(key, findings), texts, problems);
    }

    private static List<ConfigValue> fields(DestinationSection section) {
        QueueSection queue = section.queue();
        return List.of(
                section.endpoint(),
                section.protocol(),
                section.headersFile(),
                section.compression(),
                section.timeout(),
                section.certificate(),
                section.clientCertificate(),
                section.clientKey(),
                queue.spans(),
                queue.bytes(),
                queue.batch(),
                queue.delay(),
                queue.exportTimeout());
    }

    private static SettingText text(ConfigValue field, Findings findings) {
        String key = field.getName();
        return new SettingText(place(key, findings), field.getValue(), findings.isSecret(key));
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

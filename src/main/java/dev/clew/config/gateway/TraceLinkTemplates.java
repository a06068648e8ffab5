package dev.clew.config.gateway;

import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.MappedFileReader;
import dev.clew.config.yaml.SourceText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Links to traces in the pages of trace backends: {@code destinations.*.trace-link} in the gateway's own file. */
public final class TraceLinkTemplates {

    /** Stands for the trace ID. */
    public static final String PLACE = "{trace_id}";

    static final String KEY = "trace-link";
    static final String EXPECTED = "an http or https URL with " + PLACE;

    private static final String SUFFIX = '.' + KEY;

    private TraceLinkTemplates() {}

    /** Returns the valid links by destination; {@link TelemetryReader} reports others. */
    public static Map<String, String> of(Optional<SourceText> file, Function<String, @Nullable String> environment) {
        Map<String, String> links = new TreeMap<>();
        file.ifPresent(text -> {
            Map<String, String> values = MappedFileReader.values(
                    GatewayReader.SHAPE, text.content(), environment, new Findings(text.file()));
            if (values != null) {
                values.forEach((key, value) -> add(key, value, links));
            }
        });
        return links;
    }

    private static void add(String key, String value, Map<String, String> links) {
        String before = TelemetryReader.KEY + '.';
        if (key.startsWith(before) && key.endsWith(SUFFIX) && isValid(value)) {
            String name = key.substring(before.length(), key.length() - SUFFIX.length());
            links.put(name.replace("\"", ""), value);
        }
    }

    static boolean isValid(String text) {
        return (text.startsWith("https://") || text.startsWith("http://")) && text.contains(PLACE);
    }
}

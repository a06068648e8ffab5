package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import dev.clew.grammar.HttpToken;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Checks header fields to be sent: RFC 9110 sections 5.1 and 5.5, with ASCII values. Names become lower case, as HTTP/2
 * requires (RFC 9113 section 8.2), so that one name has one value in any spelling.
 */
final class HeaderFields {

    private HeaderFields() {}

    /**
     * Parses {@code key=value,…}, percent-encoded (OpenTelemetry specification, "Specifying headers via environment
     * variables").
     */
    static Map<String, String> list(String list) throws Malformed {
        return checked(KeyValueList.parse(list));
    }

    static Map<String, String> checked(Map<String, String> fields) throws Malformed {
        Map<String, String> checked = new LinkedHashMap<>();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (!HttpToken.is(field.getKey())) {
                throw new Malformed("malformed header name", "letters, digits and -");
            }
            if (!field.getValue().chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t')) {
                throw new Malformed("a header value has control or non-ASCII characters", "ASCII text");
            }
            checked.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
        }
        return checked;
    }
}

package dev.clew.trace.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * W3C Trace Context Level 2, sections 3.2 to 3.5, implemented as slowly and plainly as its text: a regular expression
 * for each rule of its ABNF. Shares no code with the gateway.
 */
final class Level2 {
    private static final String HEXDIGLC = "[0-9a-f]";
    private static final Pattern VERSION_FORMAT = Pattern.compile("(?<version>(?!ff)" + HEXDIGLC + "{2})"
            + "-(?<trace>(?!0{32})" + HEXDIGLC + "{32})"
            + "-(?<parent>(?!0{16})" + HEXDIGLC + "{16})"
            + "-(?<flags>" + HEXDIGLC + "{2})"
            + "(?<more>-(?s:.*))?");

    private static final String KEYCHAR = "[a-z0-9_\\-*/@]";
    private static final String KEY = "[a-z0-9]" + KEYCHAR + "{0,255}";
    private static final String NBLK_CHR = "[\\x21-\\x2B\\x2D-\\x3C\\x3E-\\x7E]";
    private static final String CHR = "[\\x20\\x21-\\x2B\\x2D-\\x3C\\x3E-\\x7E]";
    private static final String VALUE = CHR + "{0,255}" + NBLK_CHR;
    private static final Pattern LIST_MEMBER = Pattern.compile("(?<key>" + KEY + ")=(?<value>" + VALUE + ")");
    private static final Pattern OWS_AROUND = Pattern.compile("\\A[ \\t]+|[ \\t]+\\z");

    private Level2() {}

    /**
     * Returns trace ID, parent and outgoing flags, as the {@code traceparent} of version 00 with the same parent; null
     * if the trace is restarted.
     */
    static @Nullable String traceParent(List<String> lines) {
        if (lines.size() != 1) {
            return null;
        }
        Matcher header = VERSION_FORMAT.matcher(withoutOws(lines.get(0)));
        if (!header.matches() || (header.group("version").equals("00") && header.group("more") != null)) {
            return null;
        }
        // «Other Flags»: they are set to zero.
        int known = Integer.parseInt(header.group("flags"), 16) & 0b11;
        return "00-" + header.group("trace") + "-" + header.group("parent") + "-0" + known;
    }

    /**
     * Returns the outgoing list; empty if there is none or it is dropped. Where the specification allows a choice, a
     * list that cannot be parsed is dropped whole, the first of duplicate members remains, and empty members do not
     * count.
     */
    static String traceState(List<String> lines) {
        Map<String, String> members = new LinkedHashMap<>();
        int count = 0;
        for (String written : String.join(",", lines).split(",", -1)) {
            String text = withoutOws(written);
            Matcher member = LIST_MEMBER.matcher(text);
            if (!text.isEmpty() && !member.matches()) {
                return "";
            }
            if (!text.isEmpty()) {
                count++;
                members.putIfAbsent(member.group("key"), text);
            }
        }
        return count > 32 ? "" : String.join(",", members.values());
    }

    private static String withoutOws(String text) {
        return OWS_AROUND.matcher(text).replaceAll("");
    }
}

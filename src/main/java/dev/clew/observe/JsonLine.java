package dev.clew.observe;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A JSON object on one line, written member by member; members without a value are left out. */
final class JsonLine {

    private static final char FIRST_PRINTABLE = ' ';
    private static final int HEX_DIGITS = 4;
    private static final int HEX_BITS = 4;
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder line;
    private boolean empty = true;

    JsonLine(int typicalLength) {
        this.line = new StringBuilder(typicalLength).append('{');
    }

    private JsonLine(StringBuilder line) {
        this.line = line.append('{');
    }

    private void name(String name) {
        if (!empty) {
            line.append(',');
        }
        empty = false;
        line.append('"').append(name).append("\":");
    }

    /** Adds a text of characters that JSON does not escape. */
    void plain(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            line.append('"').append(value).append('"');
        }
    }

    void number(String name, long value) {
        name(name);
        line.append(value);
    }

    void flag(String name, boolean value) {
        name(name);
        line.append(value);
    }

    /** Adds a text of any characters. */
    void text(String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        name(name);
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            appendEscaped(value.charAt(i));
        }
        line.append('"');
    }

    private void appendEscaped(char c) {
        if (c == '"' || c == '\\') {
            line.append('\\').append(c);
        } else if (c >= FIRST_PRINTABLE) {
            line.append(c);
        } else {
            line.append("\\u");
            for (int digit = HEX_DIGITS - 1; digit >= 0; digit--) {
                line.append(HEX.charAt(c >> digit * HEX_BITS & 0xf));
            }
        }
    }

    /** Begins a list of objects. */
    void begin(String name) {
        name(name);
        line.append('[');
    }

    void item(Consumer<JsonLine> members) {
        if (line.charAt(line.length() - 1) != '[') {
            line.append(',');
        }
        JsonLine inner = new JsonLine(line);
        members.accept(inner);
        line.append('}');
    }

    void endList() {
        line.append(']');
    }

    String end() {
        return line.append('}').toString();
    }
}

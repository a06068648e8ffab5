package dev.clew.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (WHATWG HTML, section 9.2) with lines of bounded length. Not thread-safe. */
final class EventReader {

    private static final int MAX_LINE = 1 << 20;

    private final InputStream in;

    EventReader(InputStream in) {
        this.in = in;
    }

    /** An event, with its lines of data joined. */
    record Event(String name, String data) {}

    /** Returns the next event; null at the end. */
    @Nullable Event next() throws IOException {
        String name = "message";
        StringBuilder data = new StringBuilder();
        String line = line();
        while (line != null) {
            if (line.isEmpty() && data.length() > 0) {
                return new Event(name, data.toString());
            }
            if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip());
            }
            line = line();
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() == MAX_LINE) {
                throw new IOException("a line of more than " + MAX_LINE + " bytes");
            }
            line.write(next);
            next = in.read();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}

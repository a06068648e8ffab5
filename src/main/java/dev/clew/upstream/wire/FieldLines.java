package dev.clew.upstream.wire;

import dev.clew.http1.FieldText;
import dev.clew.upstream.wire.MalformedResponse.Reason;
import io.netty.util.AsciiString;

/** Parses the field lines of a {@link SectionBuffer} (RFC 9112 section 5). Rejects malformed and folded lines. */
final class FieldLines {

    /** Receives each field, in order. */
    interface Reader {
        void read(AsciiString name, AsciiString value);
    }

    private final byte[] section;

    private FieldLines(byte[] section) {
        this.section = section;
    }

    /**
     * Parses up to the empty line.
     *
     * @param from start of the first line
     * @throws MalformedResponse for a malformed line
     */
    static void read(byte[] section, int from, Reader reader) {
        FieldLines lines = new FieldLines(section);
        int at = from;
        while (section[at] != '\r') {
            at = lines.readOne(at, reader);
        }
    }

    /** Returns the start of the next line. */
    private int readOne(int begin, Reader reader) {
        int colon = endOfToken(begin);
        if (colon == begin || section[colon] != ':') {
            throw new MalformedResponse(Reason.SYNTAX);
        }
        int end = endOfLine(colon + 1);
        int first = colon + 1;
        int last = end;
        while (first < last && isBlank(section[first])) {
            first++;
        }
        while (last > first && isBlank(section[last - 1])) {
            last--;
        }
        reader.read(text(begin, colon), text(first, last));
        return end + 2;
    }

    /** Returns a view of the section: most names and values are passed on as they came. */
    private AsciiString text(int from, int to) {
        return new AsciiString(section, from, to - from, false);
    }

    private int endOfToken(int from) {
        int end = from;
        while (isTokenCharacter(section[end])) {
            end++;
        }
        return end;
    }

    /** RFC 9110 section 5.5: no control characters; CR only at the end of the line. */
    private int endOfLine(int from) {
        int end = from;
        while (FieldText.allows(section[end])) {
            end++;
        }
        if (section[end] != '\r' || section[end + 1] != '\n') {
            throw new MalformedResponse(Reason.SYNTAX);
        }
        return end;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }

    /** RFC 9110 section 5.6.2. */
    private static boolean isTokenCharacter(byte character) {
        if ((character >= 'a' && character <= 'z') || character == '-' || (character >= 'A' && character <= 'Z')) {
            return true;
        }
        return (character >= '0' && character <= '9')
                || switch (character) {
                    case '!', '#', '$', '%', '&', '\'', '*', '+', '.', '^', '_', '`', '|', '~' -> true;
                    default -> false;
                };
    }
}

package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of an HTTP/1 head or trailer section in undecoded bytes: a field of two bytes would become an object of
 * hundreds. Limits the number of fields and their size, and rejects what Netty would repair or read leniently (RFC 9112
 * sections 2.2, 3 and 5.2).
 *
 * <p>Leaves the buffer unchanged, and scans each byte once however the section is split.
 */
final class HeadScanner {

    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

    private final int maxLine;
    private final int maxSection;
    private final int maxFields;

    /** The position up to which bytes were scanned, from the start of the section as all positions are. */
    private int scanned;

    private int line;
    private boolean awaitsRequestLine;
    private int fields;
    private int fieldBytes;
    private boolean whole;

    HeadScanner(WireLimits limits) {
        this.maxLine = limits.decoder().getMaxInitialLineLength();
        this.maxSection = limits.decoder().getMaxHeaderSize();
        this.maxFields = limits.fields();
    }

    /**
     * Resets for the next section.
     *
     * @param head whether a request line comes first; trailer sections have none
     */
    void begin(boolean head) {
        scanned = 0;
        line = 0;
        awaitsRequestLine = head;
        fields = 0;
        fieldBytes = 0;
        whole = false;
    }

    /** Returns whether the section is complete, its empty line included. */
    boolean isWhole() {
        return whole;
    }

    /** Returns the length of the complete and valid lines in bytes, including the empty line. */
    int length() {
        return line;
    }

    /**
     * Scans the bytes of the section read so far.
     *
     * @param in always begins at the start of the section
     * @return one of {@link MalformedRequest}'s reasons, or null if there is no fault so far
     */
    @Nullable String scan(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        while (!whole) {
            int lineFeed = in.indexOf(start + scanned, end, LF);
            if (lineFeed < 0) {
                scanned = end - start;
                return faultOfLength(scanned - line - 1);
            }
            int carriageReturn = lineFeed - 1;
            if (carriageReturn < start + line || in.getByte(carriageReturn) != CR) {
                return MalformedRequest.SYNTAX;
            }
            String fault = faultOfLine(in, start + line, carriageReturn);
            if (fault != null) {
                return fault;
            }
            scanned = lineFeed + 1 - start;
            line = scanned;
        }
        return null;
    }

    private @Nullable String faultOfLine(ByteBuf in, int from, int to) {
        if (awaitsRequestLine) {
            awaitsRequestLine = false;
            return to - from > maxLine
                    ? MalformedRequest.LONG_LINE
                    : RequestLine.isSound(in, from, to) ? null : MalformedRequest.SYNTAX;
        }
        if (from == to) {
            whole = true;
            return null;
        }
        byte first = in.getByte(from);
        if (first == ' ' || first == '\t') {
            return MalformedRequest.FOLDED_LINE;
        }
        String tooLong = faultOfLength(to - from);
        fieldBytes += to - from;
        if (tooLong != null || ++fields > maxFields) {
            return tooLong != null ? tooLong : MalformedRequest.MANY_FIELDS;
        }
        return isLengthList(in, from, to) ? MalformedRequest.SYNTAX : null;
    }

    /** @param length of a possibly incomplete line, without its line break */
    private @Nullable String faultOfLength(int length) {
        if (awaitsRequestLine) {
            return length > maxLine ? MalformedRequest.LONG_LINE : null;
        }
        return fieldBytes + length > maxSection ? MalformedRequest.LONG_HEADER : null;
    }

    /** Detects a list of lengths: Netty merges equal ones unnoticed, as RFC 9110 section 8.6 permits. */
    private static boolean isLengthList(ByteBuf in, int from, int to) {
        int colon = from + CONTENT_LENGTH.length();
        if (colon >= to || in.getByte(colon) != ':') {
            return false;
        }
        for (int i = from; i < colon; i++) {
            if ((in.getByte(i) | 0x20) != CONTENT_LENGTH.byteAt(i - from)) {
                return false;
            }
        }
        return in.indexOf(colon, to, (byte) ',') >= 0;
    }
}

package dev.clew.contract.upstream;

import dev.clew.contract.server.Turn;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends HTTP/2 responses (RFC 9113) of given octets to a connection's requests, one after the other. */
final class ResponseFrames {

    private static final int REST_OF_PREFACE = "SM\r\n\r\n".length();
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;
    private static final int STREAM_BITS = 0x7fff_ffff;
    /** {@code :status 200} (RFC 7541 appendix A). */
    private static final String OK = "\u0088";

    private final Turn turn;
    private int stream;

    /** @param turn the turn whose head is the part of the connection preface that looks like HTTP/1 */
    ResponseFrames(Turn turn) {
        this.turn = turn;
        turn.read(REST_OF_PREFACE);
        frame(SETTINGS, 0, 0, "");
    }

    /** Continues with the next request. */
    void awaitRequest() {
        try {
            DataInputStream in = new DataInputStream(turn.in());
            for (int type = DATA; type != HEADERS; ) {
                int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
                type = in.readUnsignedByte();
                in.readUnsignedByte();
                stream = in.readInt() & STREAM_BITS;
                in.skipNBytes(length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a field, neither indexed nor compressed (RFC 7541 section 6.2.2); name and value are short. */
    static String field(String name, String value) {
        return "\0" + (char) name.length() + name + (char) value.length() + value;
    }

    void head(String fields) {
        frame(HEADERS, END_HEADERS, stream, OK + fields);
    }

    /** Sends an interim response (RFC 9113 section 8.1). */
    void interim(String status, String fields) {
        frame(HEADERS, END_HEADERS, stream, field(":status", status) + fields);
    }

    void end(String data) {
        frame(DATA, END_STREAM, stream, data);
    }

    void trailers(String fields) {
        frame(HEADERS, END_HEADERS | END_STREAM, stream, fields);
    }

    private void frame(int type, int flags, int on, String payload) {
        turn.send("\0\0" + (char) payload.length() + (char) type + (char) flags + "\0\0\0" + (char) on + payload);
    }
}

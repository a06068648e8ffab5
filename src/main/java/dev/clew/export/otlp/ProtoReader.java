package dev.clew.export.otlp;

import java.nio.ByteBuffer;

/**
 * Reads the fields of one protobuf message in order (Protocol Buffers, "Encoding"). A malformed message ends the
 * iteration without an exception; earlier fields remain valid.
 */
final class ProtoReader {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_VARINT_BYTES = 10;

    private final ByteBuffer rest;
    private int field;
    private long number;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    /** @param message read from its position to its limit */
    ProtoReader(ByteBuffer message) {
        this.rest = message.duplicate();
    }

    /** Advances to the next field; returns false at the end. */
    boolean next() {
        if (!rest.hasRemaining() || !varint()) {
            return false;
        }
        int type = (int) number & 7;
        field = (int) (number >>> 3);
        number = 0;
        bytes = ByteBuffer.allocate(0);
        return switch (type) {
            case VARINT -> varint();
            case FIXED64 -> skip(8);
            case LENGTH -> varint() && slice();
            case FIXED32 -> skip(4);
            default -> false;
        };
    }

    /** Returns the number of the field. */
    int field() {
        return field;
    }

    /** Returns the value of an integer field; 0 for other types. */
    long number() {
        return number;
    }

    /** Returns the value of a message or string field; empty for other types. */
    ByteBuffer bytes() {
        return bytes;
    }

    private boolean varint() {
        number = 0;
        for (int i = 0; i < MAX_VARINT_BYTES && rest.hasRemaining(); i++) {
            byte next = rest.get();
            number |= (long) (next & 0x7f) << 7 * i;
            if (next >= 0) {
                return true;
            }
        }
        return false;
    }

    private boolean slice() {
        long length = number;
        number = 0;
        if (length < 0 || length > rest.remaining()) {
            return false;
        }
        bytes = rest.slice(rest.position(), (int) length);
        return skip((int) length);
    }

    private boolean skip(int length) {
        if (length > rest.remaining()) {
            return false;
        }
        rest.position(rest.position() + length);
        return true;
    }
}

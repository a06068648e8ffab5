package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/** The form {@code method SP request-target SP HTTP-version} (RFC 9112 section 3) without any other blanks. */
final class RequestLine implements ByteProcessor {

    private static final int DELETE = 127;

    private int parts = 1;
    private boolean inPart;

    private RequestLine() {}

    /**
     * Returns whether the bytes have that form. Netty would also accept tabs, form feeds and repeated blanks as
     * separators.
     */
    static boolean isSound(ByteBuf in, int from, int to) {
        RequestLine line = new RequestLine();
        return in.forEachByte(from, to - from, line) < 0 && line.parts == 3 && line.inPart;
    }

    /** Returns false at an invalid byte. */
    @Override
    public boolean process(byte value) {
        if (value != ' ') {
            inPart = true;
            // Bytes beyond ASCII are negative, and left to the target's parser.
            return (value > ' ' || value < 0) && value != DELETE;
        }
        boolean endsPart = inPart;
        inPart = false;
        parts++;
        return endsPart;
    }
}

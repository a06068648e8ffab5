package dev.clew.contract.streaming;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The content of a chunked body (RFC 9112 section 7.1), up to the last chunk and the empty line after it. */
final class ChunkedInput extends InputStream {

    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(left, length));
        if (read < 0) {
            throw new EOFException("ended inside a chunk");
        }
        left -= read;
        return read;
    }

    private void nextChunk() throws IOException {
        if (begun) {
            line();
        }
        begun = true;
        left = Long.parseLong(line(), 16);
        if (left == 0) {
            ended = true;
            line();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("ended between chunks");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}

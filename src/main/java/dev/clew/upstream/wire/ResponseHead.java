package dev.clew.upstream.wire;

import dev.clew.http1.FieldText;
import dev.clew.upstream.wire.MalformedResponse.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** A response's status line and fields, with the body length and connection persistence they imply. */
final class ResponseHead {

    /** A chunked body (RFC 9112 section 7.1). */
    static final long CHUNKED = -1;
    /** A body that ends with the connection. */
    static final long UNTIL_CLOSE = -2;

    private static final String BEGINNING = "HTTP/1.";
    private static final int VERSION_LENGTH = "HTTP/1.x ".length();
    private static final int STATUS_END = VERSION_LENGTH + 3;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    /** Keeps the number within a {@code long}. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private final int status;
    private final boolean http10;
    private final HttpResponse message;
    private long length = UNTIL_CLOSE;
    private boolean closes;
    private boolean keepsAlive;

    /** @throws MalformedResponse for a grammar violation or ambiguous framing */
    ResponseHead(byte[] head) {
        int fields = endOfStatusLine(head);
        this.http10 = head["HTTP/1.".length()] == '0';
        this.status = status(head);
        // Fields that were validated as they were read. Not the received version: its effects are decided here, where
        // Vert.x would look at one line only.
        this.message = new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), HeadersMultiMap.headers());
        FieldLines.read(head, fields, this::read);
    }

    /** Returns whether the readable bytes are a prefix of a status line (RFC 9112 section 4). */
    static boolean mayBegin(ByteBuf in) {
        int from = in.readerIndex();
        int known = Math.min(in.readableBytes(), BEGINNING.length());
        for (int i = 0; i < known; i++) {
            if (in.getByte(from + i) != BEGINNING.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** RFC 9112 section 4. The space before an empty reason phrase is often omitted. */
    private static int endOfStatusLine(byte[] head) {
        boolean sound = head.length > STATUS_END + 1
                && head[0] == 'H'
                && head[1] == 'T'
                && head[2] == 'T'
                && head[3] == 'P'
                && head[4] == '/'
                && head[5] == '1'
                && head[6] == '.'
                && (head[7] == '0' || head[7] == '1')
                && head[8] == ' '
                && (head[STATUS_END] == ' ' || head[STATUS_END] == '\r');
        int end = STATUS_END;
        while (sound && FieldText.allows(head[end])) {
            end++;
        }
        if (!sound || head[end] != '\r' || head[end + 1] != '\n') {
            throw new MalformedResponse(Reason.SYNTAX);
        }
        return end + 2;
    }

    private static int status(byte[] head) {
        int status = 0;
        for (int i = VERSION_LENGTH; i < STATUS_END; i++) {
            if (head[i] < '0' || head[i] > '9') {
                throw new MalformedResponse(Reason.SYNTAX);
            }
            status = 10 * status + head[i] - '0';
        }
        return status;
    }

    private void read(AsciiString name, AsciiString value) {
        message.headers().add(name, value);
        switch (name.length()) {
            case 10 -> {
                if (HttpHeaderNames.CONNECTION.contentEqualsIgnoreCase(name)) {
                    readOptions(value.toString());
                }
            }
            case 14 -> {
                if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
                    delimit(length(value));
                }
            }
            case 17 -> {
                if (HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)) {
                    if (http10 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(value)) {
                        throw new MalformedResponse(Reason.UNKNOWN_CODING);
                    }
                    delimit(CHUNKED);
                }
            }
            default -> {}
        }
    }

    /** RFC 9112 section 6.3: the length may be given only once. */
    private void delimit(long by) {
        if (length != UNTIL_CLOSE) {
            throw new MalformedResponse(Reason.AMBIGUOUS_LENGTH);
        }
        length = by;
    }

    private static long length(AsciiString digits) {
        boolean sound = !digits.isEmpty() && digits.length() <= MAX_LENGTH_DIGITS;
        for (int i = 0; sound && i < digits.length(); i++) {
            sound = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!sound) {
            throw new MalformedResponse(Reason.AMBIGUOUS_LENGTH);
        }
        return digits.parseLong();
    }

    /** Any option in any of the lines counts (RFC 9110 section 7.6.1). */
    private void readOptions(String list) {
        int begin = 0;
        while (begin <= list.length()) {
            int comma = list.indexOf(',', begin);
            int end = comma < 0 ? list.length() : comma;
            String option = list.substring(begin, end).strip();
            closes |= option.equalsIgnoreCase("close");
            keepsAlive |= option.equalsIgnoreCase("keep-alive");
            begin = end + 1;
        }
    }

    HttpResponse message() {
        return message;
    }

    int status() {
        return status;
    }

    /** Returns whether a further response follows. After 101 HTTP ends instead. */
    boolean isInterim() {
        return status >= 100 && status < 200;
    }

    /**
     * Returns the length of the body in bytes, or {@link #CHUNKED} or {@link #UNTIL_CLOSE} (RFC 9112 section 6.3).
     *
     * @param toHeadRequest whether it is the response to a HEAD request
     */
    long bodyLength(boolean toHeadRequest) {
        return toHeadRequest || status == NO_CONTENT || status == NOT_MODIFIED ? 0 : length;
    }

    /** Returns whether the connection may carry another response (RFC 9112 section 9.3). */
    boolean isPersistent() {
        return !closes && (keepsAlive || !http10);
    }
}

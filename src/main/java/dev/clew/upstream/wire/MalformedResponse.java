package dev.clew.upstream.wire;

import dev.clew.http1.ChunkLine;
import io.netty.handler.codec.DecoderException;

/** A response that is refused as it is read; nothing behind it is read, and its connection ends. */
public final class MalformedResponse extends DecoderException {

    private static final long serialVersionUID = 1;

    /** Reasons for which a response is refused; each has a stable code, for the log. */
    public enum Reason {
        /** The status line, a field, a chunk or a trailer does not follow the grammar of RFC 9112. */
        SYNTAX("syntax"),
        /** Its end could be found in two ways, or in none (RFC 9112 section 6.3). */
        AMBIGUOUS_LENGTH("ambiguous-length"),
        /** A {@code Transfer-Encoding} other than {@code chunked} alone. */
        UNKNOWN_CODING("unknown-transfer-coding"),
        /** More fields, or trailers, than {@link ResponseLimits#fields}. */
        TOO_MANY_FIELDS("too-many-fields"),
        /** A head, or trailers, of more bytes than {@link ResponseLimits#bytes}. */
        TOO_LARGE("head-too-large"),
        /** 101, which nobody asked for (RFC 9110 section 15.2.2). */
        UNASKED_SWITCH("unasked-switch"),
        /** The connection ended within the head. */
        CUT_OFF("cut-off");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** Stable, and nothing of the response. */
        public String code() {
            return code;
        }
    }

    private final transient Reason reason;

    MalformedResponse(Reason reason) {
        super(reason.code());
        this.reason = reason;
    }

    /** Passes on what a method of {@link ChunkLine} returned, unless the line is malformed. */
    static long check(long line) {
        if (line == ChunkLine.MALFORMED) {
            throw new MalformedResponse(Reason.SYNTAX);
        }
        return line;
    }

    public Reason reason() {
        return reason;
    }

    /** Leaves the stack out: the bytes that came are to blame, and not the code that read them. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

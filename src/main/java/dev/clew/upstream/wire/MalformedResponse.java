package dev.clew.upstream.wire;

import dev.clew.http1.ChunkLine;
import io.netty.handler.codec.DecoderException;

/** A response rejected by the decoder; nothing after it is read, and its connection closes. */
public final class MalformedResponse extends DecoderException {

    private static final long serialVersionUID = 1;

    /** Reasons for rejecting a response; each has a stable code, for the log. */
    public enum Reason {
        /** The status line, a field, a chunk or a trailer violates the grammar of RFC 9112. */
        SYNTAX("syntax"),
        /** The body's length is ambiguous or undefined (RFC 9112 section 6.3). */
        AMBIGUOUS_LENGTH("ambiguous-length"),
        /** A {@code Transfer-Encoding} other than {@code chunked} alone. */
        UNKNOWN_CODING("unknown-transfer-coding"),
        /** More fields, or trailers, than {@link ResponseLimits#fields}. */
        TOO_MANY_FIELDS("too-many-fields"),
        /** A head, or trailers, larger than {@link ResponseLimits#bytes}. */
        TOO_LARGE("head-too-large"),
        /** An unsolicited 101 (RFC 9110 section 15.2.2). */
        UNASKED_SWITCH("unasked-switch"),
        /** The connection closed within the head. */
        CUT_OFF("cut-off");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** Returns the stable code, which contains no part of the response. */
        public String code() {
            return code;
        }
    }

    private final transient Reason reason;

    MalformedResponse(Reason reason) {
        super(reason.code());
        this.reason = reason;
    }

    /** Returns the result of a {@link ChunkLine} method; throws if the line is malformed. */
    static long check(long line) {
        if (line == ChunkLine.MALFORMED) {
            throw new MalformedResponse(Reason.SYNTAX);
        }
        return line;
    }

    public Reason reason() {
        return reason;
    }

    /** Omits the stack trace: the received bytes are at fault, not the code. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

package dev.clew.listener;

import dev.clew.grammar.HttpToken;
import dev.clew.header.FieldName;
import dev.clew.route.RequestTarget;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a decoded head, checked before any byte behind it is read. They are not a filter because the connection
 * ends with a rejected request, and bytes pipelined behind it must not become a request (RFC 9112 section 9.6).
 */
final class HeadRules {

    /** Ensures that the value fits into a {@code long}. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private final HttpRequest request;
    private int hosts;
    private int lengths;
    private int encodings;
    private boolean sound = true;
    private boolean codingKnown = true;

    private HeadRules(HttpRequest request) {
        this.request = request;
    }

    /** Returns one of {@link MalformedRequest}'s reasons, or null for a valid head. */
    static @Nullable String fault(HttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            return MalformedRequest.reasonOf(request.decoderResult().cause());
        }
        HeadRules head = new HeadRules(request);
        head.readFields();
        if (!head.sound || !isVersionSpoken(request.protocolVersion()) || RequestTarget.parse(request.uri()) == null) {
            return MalformedRequest.SYNTAX;
        }
        if (!head.isLengthUnambiguous()) {
            return MalformedRequest.AMBIGUOUS_LENGTH;
        }
        if (!head.codingKnown) {
            return MalformedRequest.UNKNOWN_CODING;
        }
        return head.hosts == 1 ? null : MalformedRequest.HOST_COUNT;
    }

    private void readFields() {
        Iterator<Map.Entry<CharSequence, CharSequence>> fields =
                request.headers().iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            readField(field.getKey(), field.getValue());
        }
    }

    private void readField(CharSequence name, CharSequence value) {
        switch (name.length()) {
            case 0 -> sound = false;
            case 4 -> hosts += is(HttpHeaderNames.HOST, name) ? 1 : 0;
            case 14 -> {
                if (is(HttpHeaderNames.CONTENT_LENGTH, name)) {
                    lengths++;
                    sound &= isLength(value);
                } else {
                    sound &= !FieldName.isSame("content-length", name);
                }
            }
            case 17 -> {
                if (is(HttpHeaderNames.TRANSFER_ENCODING, name)) {
                    encodings++;
                    readCodings(value);
                } else {
                    sound &= !FieldName.isSame("transfer-encoding", name);
                }
            }
            default -> {}
        }
    }

    /**
     * Requires chunked to be the last coding and applied once (RFC 9112 section 6.3); no other coding is supported
     * (section 6.1).
     */
    private void readCodings(CharSequence value) {
        if (is(HttpHeaderValues.CHUNKED, value)) {
            return;
        }
        String[] codings = value.toString().split(",", -1);
        for (int i = 0; i < codings.length; i++) {
            String coding = codings[i].strip();
            boolean chunked = coding.equalsIgnoreCase("chunked");
            sound &= chunked ? i == codings.length - 1 : HttpToken.is(coding);
            codingKnown &= chunked;
        }
    }

    /** Requires a single length, or chunked in a version that has it, or neither (RFC 9112 section 6.3). */
    private boolean isLengthUnambiguous() {
        return lengths + encodings <= 1
                && (encodings == 0 || request.protocolVersion().equals(HttpVersion.HTTP_1_1));
    }

    /**
     * Returns whether the version is supported; Vert.x would respond to others without a trace. Netty uses these
     * instances only for versions spelled correctly.
     */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isVersionSpoken(HttpVersion version) {
        return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
    }

    private static boolean is(AsciiString wanted, CharSequence text) {
        return wanted.contentEqualsIgnoreCase(text);
    }

    private static boolean isLength(CharSequence digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return digits.length() > 0 && digits.length() <= MAX_LENGTH_DIGITS;
    }
}

package dev.clew.header;

import static dev.clew.header.FieldRule.CREDENTIAL;
import static dev.clew.header.FieldRule.CROSS_ORIGIN;
import static dev.clew.header.FieldRule.FORWARDED;
import static dev.clew.header.FieldRule.FRAMING;
import static dev.clew.header.FieldRule.HOP_BY_HOP;
import static dev.clew.header.FieldRule.RESERVED;
import static dev.clew.header.FieldRule.SET_ON_REQUESTS;
import static dev.clew.header.FieldRule.SET_ON_RESPONSES;
import static dev.clew.header.FieldRule.TRACE_CONTEXT;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The registry of header fields with rules; all others pass. No other class lists names for these rules. */
public final class HeaderRegistry {

    private static final HeaderField ANY_OTHER = new HeaderField("");

    /** Exact names take precedence over prefixes. Includes trace context in all formats that OpenTelemetry names. */
    private static final List<HeaderField> ALL = List.of(
            new HeaderField("connection", HOP_BY_HOP),
            new HeaderField("http2-settings", HOP_BY_HOP),
            new HeaderField("keep-alive", HOP_BY_HOP),
            new HeaderField("proxy-authenticate", HOP_BY_HOP),
            new HeaderField("proxy-authentication-info", HOP_BY_HOP),
            new HeaderField("proxy-authorization", HOP_BY_HOP, CREDENTIAL),
            new HeaderField("proxy-connection", HOP_BY_HOP),
            new HeaderField("te", HOP_BY_HOP),
            new HeaderField("transfer-encoding", HOP_BY_HOP, FRAMING),
            new HeaderField("upgrade", HOP_BY_HOP),
            new HeaderField("content-length", FRAMING),
            // The decoder drops request trailers (as RFC 9110 section 6.5.1 permits), so none may be announced.
            new HeaderField("trailer", FRAMING),
            new HeaderField("b3", TRACE_CONTEXT),
            new HeaderField("baggage", TRACE_CONTEXT),
            new HeaderField("jaeger-baggage", TRACE_CONTEXT),
            new HeaderField("jaeger-debug-id", TRACE_CONTEXT),
            new HeaderField("ot-baggage-*", TRACE_CONTEXT),
            new HeaderField("ot-tracer-*", TRACE_CONTEXT),
            new HeaderField("traceparent", TRACE_CONTEXT),
            new HeaderField("traceresponse", TRACE_CONTEXT, SET_ON_RESPONSES),
            new HeaderField("tracestate", TRACE_CONTEXT),
            new HeaderField("uber-trace-id", TRACE_CONTEXT),
            new HeaderField("uberctx-*", TRACE_CONTEXT),
            new HeaderField("x-amzn-trace-id", TRACE_CONTEXT),
            new HeaderField("x-b3-*", TRACE_CONTEXT),
            new HeaderField("x-trace-force", TRACE_CONTEXT, CREDENTIAL),
            new HeaderField("forwarded", FORWARDED),
            new HeaderField("true-client-ip", FORWARDED),
            new HeaderField("x-client-ip", FORWARDED),
            new HeaderField("x-forwarded-*", FORWARDED),
            new HeaderField("x-real-ip", FORWARDED),
            new HeaderField("client-cert", SET_ON_REQUESTS),
            new HeaderField("client-cert-chain", SET_ON_REQUESTS),
            new HeaderField("host", SET_ON_REQUESTS),
            new HeaderField("x-span-id", SET_ON_RESPONSES),
            new HeaderField("x-trace-id", SET_ON_RESPONSES),
            new HeaderField("expect", RESERVED),
            new HeaderField("server-timing", RESERVED),
            new HeaderField("via", RESERVED),
            new HeaderField("access-control-*", CROSS_ORIGIN),
            new HeaderField("authorization", CREDENTIAL),
            new HeaderField("cookie", CREDENTIAL),
            new HeaderField("set-cookie", CREDENTIAL),
            new HeaderField("x-api-key", CREDENTIAL));

    private static final int LETTERS = 32;
    private static final int LONGEST =
            ALL.stream().mapToInt(HeaderField::length).max().orElse(0);

    /** By length and first letter, so that most look-ups compare nothing. */
    private static final HeaderField[][] NAMES = new HeaderField[(LONGEST + 1) * LETTERS][];

    /** By first letter. */
    private static final HeaderField[][] PREFIXES = new HeaderField[LETTERS][];

    static {
        Arrays.setAll(NAMES, i -> ALL.stream()
                .filter(field -> !field.isPrefix() && field.length() * LETTERS + letter(field.name()) == i)
                .toArray(HeaderField[]::new));
        Arrays.setAll(PREFIXES, i -> ALL.stream()
                .filter(field -> field.isPrefix() && letter(field.name()) == i)
                .toArray(HeaderField[]::new));
    }

    private HeaderRegistry() {}

    /** Returns the rules for a field, in any {@linkplain FieldName spelling} of its name. */
    public static HeaderField of(CharSequence name) {
        int length = name.length();
        if (length == 0) {
            return ANY_OTHER;
        }
        int letter = letter(name);
        HeaderField found = length <= LONGEST ? first(NAMES[length * LETTERS + letter], name) : null;
        found = found == null ? first(PREFIXES[letter], name) : found;
        return found == null ? ANY_OTHER : found;
    }

    private static @Nullable HeaderField first(HeaderField[] fields, CharSequence name) {
        for (HeaderField field : fields) {
            if (field.matches(name)) {
                return field;
            }
        }
        return null;
    }

    /** Returns the same value for both cases of a letter. */
    private static int letter(CharSequence name) {
        return name.charAt(0) % LETTERS;
    }

    static List<HeaderField> all() {
        return ALL;
    }
}

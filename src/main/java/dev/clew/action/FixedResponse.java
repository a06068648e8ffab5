package dev.clew.action;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A constant response. */
public final class FixedResponse implements Responder {

    /** The maximum size of the body, in bytes. */
    public static final int MAX_BODY = 16 * 1024;

    public static final String PLAIN_TEXT = "text/plain; charset=utf-8";

    private final Reply reply;

    /**
     * Prepares the response.
     *
     * @param status 200 to 599; 204, 205 and 304 have no body (RFC 9110 section 15)
     * @param contentType of the body, if there is one
     * @param body at most {@value #MAX_BODY} bytes in UTF-8
     * @throws IllegalArgumentException as {@code body: (expected: …)}
     */
    public FixedResponse(int status, String contentType, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_BODY) {
            throw new IllegalArgumentException("body: (expected: at most " + MAX_BODY + " bytes)");
        }
        if ((status == 204 || status == 205 || status == 304) && length > 0) {
            throw new IllegalArgumentException("body: (expected: none with status " + status + ")");
        }
        Map<String, String> headers =
                Map.of("content-type", HeaderRules.value(contentType), "content-length", Integer.toString(length));
        this.reply = new Reply(status, length == 0 ? Map.of() : headers, body);
    }

    @Override
    public Reply reply(Request request) {
        return reply;
    }
}

package dev.clew.http1;

/** The bytes of field values, reason phrases and chunk extensions (RFC 9110 section 5.5). */
public final class FieldText {

    private static final int DELETE = 0x7f;

    private FieldText() {}

    /** Returns whether a byte is valid: no control character but the tab is. Bytes beyond ASCII are negative. */
    public static boolean allows(byte value) {
        return value >= ' ' ? value != DELETE : value == '\t' || value < 0;
    }
}

package dev.clew.trace.context;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lower-case hexadecimal digits, the only ones in Trace Context (HEXDIGLC in its grammar). */
final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();

    private Hex() {}

    /** Returns true if all characters from {@code from} up to {@code to} are lower-case hexadecimal digits. */
    static boolean isLower(String text, int from, int to) {
        return union(text, from, to) >= 0;
    }

    /** Returns true if {@link #isLower} holds and not all digits are zero. */
    static boolean isId(String text, int from, int to) {
        return union(text, from, to) > 0;
    }

    /**
     * Returns the bitwise OR of all digits; negative if a character is no digit. One pass, without a branch to predict
     * per digit.
     */
    private static int union(String text, int from, int to) {
        int union = 0;
        for (int i = from; i < to; i++) {
            union |= digit(text.charAt(i));
        }
        return union;
    }

    /** Returns the value of the digits from {@code from} up to {@code to}, at most 16; they must have been checked. */
    static long value(String text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value << 4 | digit(text.charAt(i));
        }
        return value;
    }

    static String of(long value) {
        byte[] digits = new byte[16];
        write(value, digits, 0);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    static String of(long high, long low) {
        byte[] digits = new byte[32];
        write(high, digits, 0);
        write(low, digits, 16);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static void write(long value, byte[] digits, int at) {
        long rest = value;
        for (int i = at + 15; i >= at; i--) {
            digits[i] = DIGITS[(int) rest & 0xf];
            rest >>>= 4;
        }
    }

    private static int digit(char c) {
        return c < VALUES.length ? VALUES[c] : -1;
    }

    private static byte[] values() {
        byte[] values = new byte['f' + 1];
        Arrays.fill(values, (byte) -1);
        for (int value = 0; value < DIGITS.length; value++) {
            values[DIGITS[value]] = (byte) value;
        }
        return values;
    }
}

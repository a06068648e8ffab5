package dev.clew.journal;

import dev.clew.network.IpAddress;

/**
 * Masks hosts that no tenant has by name, so that they may be shown: a label with a digit, or of more than 24
 * characters, may name a person or be a secret, and is shown as {@code *}. IP addresses are shown: they are the
 * gateway's.
 */
public final class MaskedHost {

    private static final int LONGEST_LABEL = 24;

    private MaskedHost() {}

    /**
     * Returns the masked host; the same object if all of it is shown.
     *
     * @param host normalised
     */
    public static String of(String host) {
        return isShown(host) ? host : masked(host);
    }

    private static boolean isShown(String host) {
        boolean plain = true;
        int label = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            label = c == '.' ? 0 : label + 1;
            plain &= !digit && label <= LONGEST_LABEL;
        }
        return plain || host.startsWith("[") || IpAddress.parse(host) != IpAddress.UNKNOWN;
    }

    private static String masked(String host) {
        StringBuilder masked = new StringBuilder(host.length());
        int start = 0;
        while (start <= host.length()) {
            int dot = host.indexOf('.', start);
            int end = dot < 0 ? host.length() : dot;
            String label = host.substring(start, end);
            masked.append(start == 0 ? "" : ".").append(isShown(label) ? label : "*");
            start = end + 1;
        }
        return masked.toString();
    }
}

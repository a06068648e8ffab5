package dev.clew.journal;

/**
 * Masks paths, so that they may be shown: a segment with a digit, an {@code @} or a {@code %}, or of more than 24
 * characters, may name a person or be a secret, and is shown as {@code *}.
 */
public final class MaskedPath {

    private static final int LONGEST_SEGMENT = 24;
    private static final int LONGEST = 200;

    private MaskedPath() {}

    /**
     * Returns the masked path, cut at {@value #LONGEST} characters.
     *
     * @param path as received, without a query
     */
    public static String of(String path) {
        StringBuilder masked = new StringBuilder(Math.min(path.length(), LONGEST) + 1);
        int start = 0;
        while (start <= path.length() && masked.length() < LONGEST) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (start > 0) {
                masked.append('/');
            }
            if (isShown(path, start, end)) {
                masked.append(path, start, end);
            } else {
                masked.append('*');
            }
            start = end + 1;
        }
        return start <= path.length() ? masked.append("/...").toString() : masked.toString();
    }

    private static boolean isShown(String path, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.' || c == '~';
            if (!plain) {
                return false;
            }
        }
        return end - start <= LONGEST_SEGMENT;
    }
}

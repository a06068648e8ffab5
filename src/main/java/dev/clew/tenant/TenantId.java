package dev.clew.tenant;

/**
 * A tenant's name: the name of its file, a metric tag and the value of {@code tenant.id} on its spans.
 *
 * @param value 1 to 63 of {@code a-z}, {@code 0-9} and inner {@code -} (RFC 1123 label, lower case), so that it is safe
 *     as a file name, a tag and a Kubernetes object name
 */
public record TenantId(String value) implements Comparable<TenantId> {

    public static final String EXPECTED = "1 to 63 lower-case letters, digits and hyphens, no hyphen at either end";

    private static final int MAX_LENGTH = 63;

    public TenantId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("tenant id: " + value + " (expected: " + EXPECTED + ")");
        }
    }

    private static boolean isValid(String value) {
        int length = value.length();
        if (length == 0 || length > MAX_LENGTH || value.charAt(0) == '-' || value.charAt(length - 1) == '-') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

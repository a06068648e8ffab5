package dev.clew.tenant;

/**
 * A tenant's share of the gateway.
 *
 * @param requestBody the largest request body in bytes, or {@link #UNLIMITED}
 */
public record Limits(long requestBody) {

    public static final long UNLIMITED = -1;
    public static final Limits NONE = new Limits(UNLIMITED);

    public Limits {
        if (requestBody < UNLIMITED) {
            throw new IllegalArgumentException("request-body: " + requestBody + " (expected: 0 or more bytes)");
        }
    }
}

package dev.clew.management;

import java.util.function.BooleanSupplier;

/**
 * The permission of a long response to go on after its request passed the guard.
 *
 * @param holder differs between tokens, and does not reveal them; empty where none are configured
 * @param valid whether the token is still valid and shows the same tenants
 */
public record Access(String holder, BooleanSupplier valid) {

    /** Ends with its client only. */
    public static final Access WITHOUT_TOKEN = new Access("", () -> true);

    /** Returns whether the response may go on. */
    public boolean isValid() {
        return valid.getAsBoolean();
    }

    /** Does not contain the holder. */
    @Override
    public String toString() {
        return "Access";
    }
}

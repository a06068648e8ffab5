package dev.clew.exchange;

import org.jspecify.annotations.Nullable;

/** Makes exceptions inside the gateway safe to log. */
public final class Fault {

    private Fault() {}

    /**
     * Returns an exception with the failure's class and stack trace but without its message, which may contain parts of
     * the request.
     */
    public static Throwable withoutMessage(@Nullable Throwable failure) {
        if (failure == null) {
            return new IllegalStateException("no cause given");
        }
        Throwable shown = new IllegalStateException(failure.getClass().getName());
        shown.setStackTrace(failure.getStackTrace());
        return shown;
    }
}

package dev.clew.exchange;

import org.jspecify.annotations.Nullable;

/** A failure inside the gateway, as it may be logged. */
public final class Fault {

    private Fault() {}

    /** Returns where it happened and what it is, but not what it says, which may be a part of the request. */
    public static Throwable withoutMessage(@Nullable Throwable failure) {
        if (failure == null) {
            return new IllegalStateException("no cause given");
        }
        Throwable shown = new IllegalStateException(failure.getClass().getName());
        shown.setStackTrace(failure.getStackTrace());
        return shown;
    }
}

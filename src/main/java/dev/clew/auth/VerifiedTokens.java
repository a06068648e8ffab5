package dev.clew.auth;

import dev.clew.access.Digest;
import dev.clew.access.KeySet;
import dev.clew.access.TokenCheck.Outcome.Accepted;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signatures have been checked, known by their digests, so that one that comes with every request is checked once.
 * Bounded: a token takes the place of the one that was at its place. For any thread.
 */
final class VerifiedTokens {

    /** A power of two. */
    static final int PLACES = 256;

    private record Verified(Digest token, KeySet keys, Accepted outcome) {}

    private final AtomicReferenceArray<@Nullable Verified> places = new AtomicReferenceArray<>(PLACES);

    /** Null when the token is to be checked: it is not known, has expired, or other keys are in force now. */
    @SuppressWarnings("ReferenceEquality") // keys that say the same are the same object
    @Nullable Accepted find(Digest token, KeySet keys, long nowSeconds) {
        Verified verified = places.get(place(token));
        boolean holds = verified != null
                && verified.token.equals(token)
                && verified.keys == keys
                && nowSeconds < verified.outcome.untilSeconds();
        return holds ? verified.outcome : null;
    }

    void put(Digest token, KeySet keys, Accepted outcome) {
        places.set(place(token), new Verified(token, keys, outcome));
    }

    private static int place(Digest token) {
        return (int) token.first() & (PLACES - 1);
    }
}

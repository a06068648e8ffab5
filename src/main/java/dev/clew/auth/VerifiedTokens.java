package dev.clew.auth;

import dev.clew.access.Digest;
import dev.clew.access.KeySet;
import dev.clew.access.TokenCheck.Outcome.Accepted;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A cache of verified tokens by their digests, so that a token sent with every request is verified once. Bounded: a
 * token replaces the one in its slot. Thread-safe.
 */
final class VerifiedTokens {

    /** A power of two. */
    static final int PLACES = 256;

    private record Verified(Digest token, KeySet keys, Accepted outcome) {}

    private final AtomicReferenceArray<@Nullable Verified> places = new AtomicReferenceArray<>(PLACES);

    /** Returns null when the token must be verified: it is unknown, has expired, or the keys have changed. */
    @SuppressWarnings("ReferenceEquality") // equal keys are the same object
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

package dev.clew.auth;

import dev.clew.access.Digest;
import dev.clew.access.JsonWebTokens;
import dev.clew.access.KeySet;
import dev.clew.access.TokenCheck;
import dev.clew.access.TokenCheck.Outcome;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of one scheme with the keys in force; on the caller's event loop, which takes a fraction of a
 * millisecond.
 */
public final class TokenVerifier {

    private static final Outcome NO_KEYS = new Outcome.UnknownKey();

    private final TokenCheck check;
    private final IssuerKeys keys;
    private final VerifiedTokens verified = new VerifiedTokens();

    TokenVerifier(JsonWebTokens scheme, IssuerKeys keys) {
        this.check = new TokenCheck(scheme);
        this.keys = keys;
    }

    public boolean hasKeys() {
        return keys.current() != null;
    }

    public @Nullable Future<Void> refreshKeys() {
        return keys.refresh();
    }

    /** @param nowSeconds since 1970 */
    public Outcome verify(String token, long nowSeconds) {
        KeySet current = keys.current();
        if (current == null) {
            return NO_KEYS;
        }
        Digest digest = Digest.of(token);
        Outcome known = verified.find(digest, current, nowSeconds);
        if (known != null) {
            return known;
        }
        Outcome outcome = check.check(token, current, nowSeconds);
        if (outcome instanceof Outcome.Accepted accepted) {
            verified.put(digest, current, accepted);
        }
        return outcome;
    }
}

package dev.clew.filter;

import dev.clew.access.ApiKeys;
import dev.clew.access.Identity;
import dev.clew.access.JsonWebTokens;
import dev.clew.access.Requirement;
import dev.clew.access.Scheme;
import dev.clew.access.TokenCheck.Outcome;
import dev.clew.auth.CredentialReader;
import dev.clew.auth.KeyWait;
import dev.clew.auth.TokenVerifier;
import dev.clew.auth.TokenVerifiers;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates callers on routes that require it. One valid credential suffices, whatever else was sent. A token whose
 * key ID is unknown waits, once and for a bounded time, for the key set to be refreshed.
 */
public final class AuthenticationFilter implements Handler<RoutingContext> {

    private static final long MILLIS = 1000;

    private final TokenVerifiers verifiers;

    public AuthenticationFilter(TokenVerifiers verifiers) {
        this.verifiers = verifiers;
    }

    @Override
    public void handle(RoutingContext context) {
        RoutedRequest request = RoutedRequest.of(context);
        Requirement requirement = request.route().access().requirement();
        // Browsers send no credentials with a preflight request; the gateway responds to it directly.
        if (requirement.isNone() || CrossOrigin.isPreflight(request)) {
            context.next();
        } else {
            decide(context, request.exchange(), requirement, true);
        }
    }

    /** The result of checking one request's credentials. */
    private static final class Credentials {

        private @Nullable Identity identity;
        /**
         * Verifiers that lack the token's key: several, because the issuer is unknown until the signature is verified.
         */
        private final List<TokenVerifier> withoutKey = new ArrayList<>(0);

        private @Nullable String rejected;
    }

    private void decide(RoutingContext context, Exchange exchange, Requirement requirement, boolean mayWait) {
        Credentials found = examine(exchange, requirement);
        Identity identity = found.identity;
        List<TokenVerifier> withoutKey = found.withoutKey;
        if (identity != null) {
            accept(context, exchange, requirement, identity);
            return;
        }
        List<Future<Void>> refreshKeys = mayWait ? refreshKeys(withoutKey) : List.of();
        if (!refreshKeys.isEmpty()) {
            new KeyWait(exchange, () -> decide(context, exchange, requirement, false)).begin(Future.join(refreshKeys));
        } else if (lacksKeys(withoutKey)) {
            exchange.fail(KeyWait.noKeys());
        } else if (!withoutKey.isEmpty()) {
            exchange.fail(invalid(requirement, "the token's key is unknown"));
        } else if (found.rejected != null) {
            exchange.fail(invalid(requirement, found.rejected));
        } else {
            exchange.fail(GatewayError.of(ErrorKind.CREDENTIALS_MISSING, "This service requires credentials.")
                    .withHeader("www-authenticate", requirement.challenge(null)));
        }
    }

    private static List<Future<Void>> refreshKeys(List<TokenVerifier> verifiers) {
        List<Future<Void>> fetches = new ArrayList<>(verifiers.size());
        for (TokenVerifier verifier : verifiers) {
            Future<Void> fetch = verifier.refreshKeys();
            if (fetch != null) {
                fetches.add(fetch);
            }
        }
        return fetches;
    }

    private static boolean lacksKeys(List<TokenVerifier> verifiers) {
        for (TokenVerifier verifier : verifiers) {
            if (!verifier.hasKeys()) {
                return true;
            }
        }
        return false;
    }

    private Credentials examine(Exchange exchange, Requirement requirement) {
        Credentials found = new Credentials();
        for (Scheme scheme : requirement.anyOf()) {
            String credential = CredentialReader.find(exchange.request().headers(), scheme);
            if (credential != null && found.identity == null) {
                examine(credential, scheme, found);
            }
        }
        return found;
    }

    private void examine(String credential, Scheme scheme, Credentials found) {
        if (scheme instanceof ApiKeys keys) {
            found.identity = keys.identify(credential);
            found.rejected = "the API key is unknown";
            return;
        }
        TokenVerifier verifier = verifiers.of((JsonWebTokens) scheme);
        Outcome outcome = verifier.verify(credential, System.currentTimeMillis() / MILLIS);
        if (outcome instanceof Outcome.Accepted accepted) {
            found.identity = accepted.identity();
        } else if (outcome instanceof Outcome.Rejected rejected) {
            found.rejected = rejected.reason();
        } else {
            found.withoutKey.add(verifier);
        }
    }

    private static void accept(RoutingContext context, Exchange exchange, Requirement requirement, Identity identity) {
        if (requirement.isMetBy(identity)) {
            exchange.authenticated(identity);
            context.next();
        } else {
            exchange.fail(GatewayError.of(ErrorKind.ACCESS_DENIED, "The caller is not authorized for this request.")
                    .withHeader("www-authenticate", requirement.challenge("insufficient_scope")));
        }
    }

    private static GatewayError invalid(Requirement requirement, String reason) {
        return GatewayError.of(ErrorKind.CREDENTIALS_INVALID, "The credentials are invalid or have expired.", reason)
                .withHeader("www-authenticate", requirement.challenge("invalid_token"));
    }
}

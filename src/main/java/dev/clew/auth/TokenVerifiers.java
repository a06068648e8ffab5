package dev.clew.auth;

import dev.clew.access.JsonWebTokens;
import dev.clew.access.KeySource.Fetched;
import dev.clew.access.Scheme;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What checks the tokens of every scheme in force. Key sets that go on being used keep what they know. */
public final class TokenVerifiers {

    private final KeySets keySets;
    /** By identity: comparing two schemes field by field would be too much for each request. */
    private volatile Map<JsonWebTokens, TokenVerifier> verifiers = Map.of();

    public TokenVerifiers(Vertx vertx, MeterRegistry meters) {
        this.keySets = new KeySets(vertx, meters);
    }

    /** Makes ready for a snapshot, before any request sees it; fetches begin and are not waited for. */
    public synchronized void prepare(Snapshot snapshot) {
        Map<JsonWebTokens, TokenVerifier> next = new IdentityHashMap<>(verifiers);
        forEach(
                snapshot,
                (entry, scheme) -> next.computeIfAbsent(
                        scheme, added -> new TokenVerifier(added, keySets.of(added.keys(), label(entry, added)))));
        verifiers = next;
    }

    private static String label(TenantEntry entry, JsonWebTokens scheme) {
        return "tenant " + entry.tenant().id() + ", scheme " + scheme.name();
    }

    /** Lets go of what none of these snapshots needs, which are all that requests use. */
    public synchronized void retain(Collection<Snapshot> live) {
        Map<JsonWebTokens, TokenVerifier> next = new IdentityHashMap<>();
        Set<Fetched> sources = new HashSet<>();
        for (Snapshot snapshot : live) {
            forEach(snapshot, (entry, scheme) -> {
                next.computeIfAbsent(scheme, verifiers::get);
                if (scheme.keys() instanceof Fetched source) {
                    sources.add(source);
                }
            });
        }
        verifiers = next;
        keySets.retain(sources);
    }

    private static void forEach(Snapshot snapshot, BiConsumer<TenantEntry, JsonWebTokens> action) {
        for (TenantEntry entry : snapshot.tenants()) {
            for (Scheme scheme : entry.tenant().access().schemes()) {
                if (scheme instanceof JsonWebTokens tokens) {
                    action.accept(entry, tokens);
                }
            }
        }
    }

    TokenVerifier of(JsonWebTokens scheme) {
        TokenVerifier verifier = verifiers.get(scheme);
        if (verifier == null) {
            throw new IllegalStateException("scheme " + scheme.name() + ": its snapshot was not prepared");
        }
        return verifier;
    }

    /** The schemes whose key sets cannot be fetched, or have not been yet, for people. */
    public JsonArray failing(Snapshot snapshot) {
        JsonArray failing = new JsonArray();
        forEach(snapshot, (entry, scheme) -> {
            FetchedKeys keys = keySets.find(scheme.keys());
            if (keys != null && keys.state() != FetchedKeys.State.FRESH) {
                failing.add(new JsonObject()
                        .put("tenant", entry.tenant().id().value())
                        .put("scheme", scheme.name())
                        .put("state", keys.state().word())
                        .put("lastFetched", keys.toldAt() == null ? null : String.valueOf(keys.toldAt()))
                        .put("failure", keys.failure()));
            }
        });
        return failing;
    }

    public void close() {
        keySets.close();
    }
}

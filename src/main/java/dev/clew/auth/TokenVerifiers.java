package dev.clew.auth;

import dev.clew.access.JsonWebTokens;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.SnapshotResources;
import dev.clew.tenant.SnapshotUser;
import dev.clew.tenant.TenantEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;

/** The token verifiers of all schemes in force. Key sets that remain in use across a reload keep their keys. */
public final class TokenVerifiers implements SnapshotUser {

    private final KeySets keySets;
    private final SnapshotResources<JsonWebTokens, TokenVerifier> verifiers;

    /** @param spans of fetches */
    public TokenVerifiers(Vertx vertx, MeterRegistry meters, InternalSpans spans) {
        this.keySets = new KeySets(vertx, meters, spans);
        this.verifiers = SnapshotResources.byIdentity(
                (tenant, needs) -> KeySets.schemes(tenant)
                        .forEach(scheme ->
                                needs.add(scheme, () -> new TokenVerifier(scheme, keySets.of(scheme.keys())))),
                gone -> {});
    }

    /** Prepares for a snapshot, before any request uses it; fetches begin in the background. */
    @Override
    public void prepare(Snapshot snapshot) {
        keySets.prepare(snapshot);
        verifiers.prepare(snapshot);
    }

    /** Releases everything that none of these snapshots needs, which are all that requests use. */
    @Override
    public void retain(Collection<Snapshot> live) {
        verifiers.retain(live);
        keySets.retain(live);
    }

    public TokenVerifier of(JsonWebTokens scheme) {
        return verifiers.get(scheme);
    }

    /** Returns the schemes without freshly fetched key sets, for the status page. */
    public JsonArray failing(Snapshot snapshot) {
        JsonArray failing = new JsonArray();
        for (TenantEntry tenant : snapshot.tenants()) {
            for (JsonWebTokens scheme : KeySets.schemes(tenant)) {
                FetchedKeys keys = keySets.find(scheme.keys());
                if (keys != null && keys.state() != FetchedKeys.State.FRESH) {
                    failing.add(describe(tenant, scheme, keys));
                }
            }
        }
        return failing;
    }

    private static JsonObject describe(TenantEntry tenant, JsonWebTokens scheme, FetchedKeys keys) {
        return new JsonObject()
                .put("tenant", tenant.tenant().id().value())
                .put("scheme", scheme.name())
                .put("state", keys.state().label())
                .put("lastFetched", keys.fetchedAt() == null ? null : String.valueOf(keys.fetchedAt()))
                .put("failure", keys.failure());
    }

    public void close() {
        keySets.close();
    }
}

package dev.clew.tenant;

import dev.clew.route.RequestFacts;
import dev.clew.route.RequestPath;
import dev.clew.tenant.host.HostName;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the tenant of a request by its host and, where tenants share the host, by path or header: a pure function of
 * the snapshot.
 */
public final class TenantResolver {

    private TenantResolver() {}

    /** The outcome of resolving a host. */
    public sealed interface Resolution {

        /** Returns the tenant whose policies apply, or null. */
        default @Nullable TenantEntry tenant() {
            return null;
        }

        record Known(TenantEntry tenant) implements Resolution {}

        /** A suspended tenant: its requests are rejected, its tracing policy still applies. */
        record Suspended(TenantEntry tenant) implements Resolution {}

        record Unknown() implements Resolution {}

        /** A host shared by path, and a path without a normal form. */
        record Undecided() implements Resolution {}

        /** A malformed host, for which RFC 9112 section 3.2 requires a 400. */
        record Malformed() implements Resolution {}
    }

    private static final Resolution UNKNOWN = new Resolution.Unknown();
    private static final Resolution UNDECIDED = new Resolution.Undecided();
    private static final Resolution MALFORMED = new Resolution.Malformed();

    /**
     * Resolves a request: exact host before wildcard, longest wildcard first.
     *
     * @param host {@linkplain HostName#normalise normalised}; null if missing or malformed
     * @param path null if the request has none that can be normalised
     */
    public static Resolution resolve(
            Snapshot snapshot, @Nullable String host, @Nullable RequestPath path, RequestFacts request) {
        if (host == null) {
            return MALFORMED;
        }
        HostOwners owners = snapshot.hosts().find(host);
        TenantEntry tenant = owners == null ? null : owners.find(path, request);
        if (tenant == null) {
            return path == null && owners != null && owners.isDecidedByPath() ? UNDECIDED : UNKNOWN;
        }
        return tenant.tenant().suspended() ? new Resolution.Suspended(tenant) : new Resolution.Known(tenant);
    }
}

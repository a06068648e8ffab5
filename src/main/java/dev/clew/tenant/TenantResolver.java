package dev.clew.tenant;

import dev.clew.route.RequestFacts;
import dev.clew.route.RequestPath;
import dev.clew.tenant.host.HostName;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is, by the host it asks for and what else tells tenants of one host apart: a pure function of the
 * snapshot.
 */
public final class TenantResolver {

    private TenantResolver() {}

    /** What a host came to. */
    public sealed interface Resolution {

        /** The tenant whose policies hold, or null. */
        default @Nullable TenantEntry tenant() {
            return null;
        }

        record Known(TenantEntry tenant) implements Resolution {}

        /** A tenant that is served nothing for now; its trace policy still holds. */
        record Suspended(TenantEntry tenant) implements Resolution {}

        record Unknown() implements Resolution {}

        /** A host shared by path, and a path that has no normal form to decide by. */
        record Undecided() implements Resolution {}

        /** Not a host at all: RFC 9112 section 3.2 asks for 400. */
        record Malformed() implements Resolution {}
    }

    private static final Resolution UNKNOWN = new Resolution.Unknown();
    private static final Resolution UNDECIDED = new Resolution.Undecided();
    private static final Resolution MALFORMED = new Resolution.Malformed();

    /**
     * Exact host before wildcard, longest wildcard first.
     *
     * @param host {@linkplain HostName#normalise normalised}; null when none was asked for, or a malformed one
     * @param path null when the request has none that can be normalised
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

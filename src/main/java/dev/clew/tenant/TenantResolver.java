package dev.clew.tenant;

import org.jspecify.annotations.Nullable;

/** Whose request it is, by the host it asks for: a pure function of the snapshot. */
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

        /** Not a host at all: RFC 9112 section 3.2 asks for 400. */
        record Malformed() implements Resolution {}
    }

    private static final Resolution UNKNOWN = new Resolution.Unknown();
    private static final Resolution MALFORMED = new Resolution.Malformed();

    /**
     * Exact host before wildcard, longest wildcard first; letter case, port and trailing dot do not count.
     *
     * @param host the authority asked for, as received; null when there was none or more than one
     */
    public static Resolution resolve(Snapshot snapshot, @Nullable String host) {
        String name = host == null ? null : HostName.normalise(host);
        if (name == null) {
            return MALFORMED;
        }
        TenantEntry tenant = snapshot.hosts().find(name);
        if (tenant == null) {
            return UNKNOWN;
        }
        return tenant.tenant().suspended() ? new Resolution.Suspended(tenant) : new Resolution.Known(tenant);
    }
}

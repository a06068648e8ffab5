package dev.clew.tenant.limit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open client connections that have carried a tenant's requests. Belongs to the tenant rather than to one
 * state of its file: a connection counted before a reload stays counted, once. Thread-safe.
 */
public final class OpenConnections {

    private final AtomicInteger count = new AtomicInteger();

    OpenConnections() {}

    /**
     * Counts a connection; returns false without counting if the bound is reached. For each connection counted, {@link
     * #closed} must be called once.
     *
     * @param most the bound, 1 or more
     */
    public boolean tryOpen(int most) {
        return TenantShare.tryAdd(count, most);
    }

    /** Returns the connections counted. */
    public int count() {
        return count.get();
    }

    public void closed() {
        count.decrementAndGet();
    }
}

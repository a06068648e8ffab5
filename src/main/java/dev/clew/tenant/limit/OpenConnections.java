package dev.clew.tenant.limit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open client connections that brought a tenant's requests. Belongs to the tenant, not to one state of its
 * file: a connection that counted before a reload counts after it, and once. Safe for several threads.
 */
public final class OpenConnections {

    private final AtomicInteger count = new AtomicInteger();

    OpenConnections() {}

    /**
     * Counts one more; false, and counts nothing, when as many as may be are open. Whoever counted one calls {@link
     * #closed} once.
     *
     * @param most 1 or more
     */
    public boolean tryOpen(int most) {
        return TenantShare.tryAdd(count, most);
    }

    public void closed() {
        count.decrementAndGet();
    }
}

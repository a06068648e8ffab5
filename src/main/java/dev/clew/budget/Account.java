package dev.clew.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes held for one owner: a tenant, or the client connections whose tenant is not known yet. Safe for several
 * threads.
 *
 * <p>A tenant may hold as many bytes as are free: alone half of the budget, beside another that holds as much a third,
 * and so on (the dynamic threshold of shared-memory switches, Choudhury and Hahne 1998). The largest holder is thus
 * rejected first, some memory always remains for the others, and no share needs configuration.
 */
public final class Account {

    /**
     * The bound above which a tenant's requests in progress are ended, as a multiple of the free bytes. New requests
     * are rejected above the free bytes.
     */
    private static final int UNDER_WAY = 2;

    /** The hysteresis: a rejected owner is admitted again an eighth below its bound. */
    private static final int HYSTERESIS = 8;

    private final Ledger ledger;
    private final String owner;
    private final boolean isOfConnections;
    private final AtomicLong held = new AtomicLong();
    private volatile boolean rejected;

    Account(Ledger ledger, String owner, boolean isOfConnections) {
        this.ledger = ledger;
        this.owner = owner;
        this.isOfConnections = isOfConnections;
    }

    public String owner() {
        return owner;
    }

    /** Returns the bytes held; 0 or more. */
    public long held() {
        return held.get();
    }

    /** Decides whether to admit new work of this owner, such as a request. Costs one read while few bytes are held. */
    public boolean admits() {
        if (isOfConnections) {
            return !ledger.pressure().includes(Pressure.NEW_CONNECTIONS);
        }
        long own = held.get();
        if (own <= ledger.least()) {
            return true;
        }
        long free = ledger.free();
        boolean over = own > (rejected ? free - free / HYSTERESIS : free);
        rejected = over;
        return !over;
    }

    /** Returns whether work in progress may continue to hold the owner's bytes. */
    boolean isWithinBound() {
        if (isOfConnections) {
            return !ledger.pressure().includes(Pressure.EXHAUSTED);
        }
        long own = held.get();
        return own <= ledger.least() || own <= UNDER_WAY * ledger.free();
    }

    void add(long bytes) {
        held.addAndGet(bytes);
        ledger.add(bytes);
    }
}

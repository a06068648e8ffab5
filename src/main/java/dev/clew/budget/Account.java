package dev.clew.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes held for one owner: a tenant, or the client connections whose tenant is not known yet. Safe for several
 * threads.
 *
 * <p>A tenant may hold as much as is left free for everybody else: alone half of the budget, with another that holds as
 * much a third, and so on (the dynamic threshold of shared-memory switches, Choudhury and Hahne 1998). So whoever holds
 * most is refused first, there is always something left for who holds nothing, and no share has to be configured.
 */
public final class Account {

    /** A request under way may go on up to so many times what is left free; new ones stop at once that. */
    private static final int UNDER_WAY = 2;

    /** One that was refused is admitted again when it holds an eighth less than it may. */
    private static final int HYSTERESIS = 8;

    private final Ledger ledger;
    private final String owner;
    private final boolean isOfConnections;
    private final AtomicLong held = new AtomicLong();
    private volatile boolean refused;

    Account(Ledger ledger, String owner, boolean isOfConnections) {
        this.ledger = ledger;
        this.owner = owner;
        this.isOfConnections = isOfConnections;
    }

    public String owner() {
        return owner;
    }

    /** Bytes held at the moment, 0 or more. */
    public long held() {
        return held.get();
    }

    /** Decides about something new for this owner, such as a request; costs one read while little is held. */
    public boolean admits() {
        if (isOfConnections) {
            return !ledger.pressure().includes(Pressure.NEW_CONNECTIONS);
        }
        long own = held.get();
        if (own <= ledger.least()) {
            return true;
        }
        long free = ledger.free();
        boolean over = own > (refused ? free - free / HYSTERESIS : free);
        refused = over;
        return !over;
    }

    /** Returns whether what is under way for this owner may hold as much as it does. */
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

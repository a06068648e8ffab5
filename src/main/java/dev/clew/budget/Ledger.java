package dev.clew.budget;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The bytes held for all owners together, and their budget. Safe for several threads.
 *
 * <p>Updated only for bytes really held, as for a client that does not read: most requests cause no update.
 */
public final class Ledger {

    /**
     * The divisor of the budget that yields the bytes any tenant may hold regardless of others, so that a quiet
     * tenant's few requests never fail.
     */
    private static final int LEAST = 64;

    private static final Ledger PROCESS = new Ledger(Long.MAX_VALUE);

    private final AtomicLong held = new AtomicLong();
    private final AtomicLongArray shed = new AtomicLongArray(Shed.values().length);
    private final Account connections = new Account(this, "connections", true);
    private volatile long budget;
    private volatile Pressure latest = Pressure.NONE;

    /** @param budget in bytes; above 0 */
    public Ledger(long budget) {
        limitTo(budget);
    }

    /** Returns the ledger of this process, which has one heap. Unbounded until the gateway's start sets the budget. */
    public static Ledger ofProcess() {
        return PROCESS;
    }

    /**
     * Sets the budget.
     *
     * @param bytes above 0
     */
    public void limitTo(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("memory budget: " + bytes + " (expected: above 0 bytes)");
        }
        budget = bytes;
    }

    /** Creates the account of an owner. It exists as long as it is referenced. */
    public Account account(String owner) {
        return new Account(this, owner, false);
    }

    /** Returns the account of client connections whose tenant is not known. */
    public Account connections() {
        return connections;
    }

    public long budget() {
        return budget;
    }

    /** Returns the bytes held, the sum of all accounts. */
    public long held() {
        return held.get();
    }

    /** Returns the free part of the budget; 0 or more bytes. */
    long free() {
        return Math.max(0, budget - held.get());
    }

    long least() {
        return budget / LEAST;
    }

    /** Returns the current step of load shedding. */
    public Pressure pressure() {
        Pressure before = latest;
        Pressure now = Pressure.of(held.get(), budget, before);
        if (now != before) {
            latest = now;
        }
        return now;
    }

    void add(long bytes) {
        held.addAndGet(bytes);
    }

    public void shed(Shed what) {
        shed(what, 1);
    }

    public void shed(Shed what, long count) {
        shed.addAndGet(what.ordinal(), count);
    }

    /** Returns the number of events of a kind since the start. */
    public long count(Shed what) {
        return shed.get(what.ordinal());
    }
}

package dev.clew.budget;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The bytes held for all owners together, and the budget for them. Safe for several threads.
 *
 * <p>Written to only where something is really held, as for a client that does not read: most requests end without.
 */
public final class Ledger {

    /**
     * The part of the budget that everybody may hold whatever others do, so that a quiet tenant's few requests never
     * fail.
     */
    private static final int LEAST = 64;

    private static final Ledger PROCESS = new Ledger(Long.MAX_VALUE);

    private final AtomicLong held = new AtomicLong();
    private final AtomicLongArray shed = new AtomicLongArray(Shed.values().length);
    private final Account connections = new Account(this, "connections", true);
    private volatile long budget;
    private volatile Pressure latest = Pressure.NONE;

    /** @param budget in bytes, above 0 */
    public Ledger(long budget) {
        limitTo(budget);
    }

    /** The one of this process, as there is one heap. Without bound until the gateway's start sets its budget. */
    public static Ledger ofProcess() {
        return PROCESS;
    }

    /** @param bytes above 0 */
    public void limitTo(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("memory budget: " + bytes + " (expected: above 0 bytes)");
        }
        budget = bytes;
    }

    /** A new owner's account, which lives as long as somebody refers to it. */
    public Account account(String owner) {
        return new Account(this, owner, false);
    }

    /** The account of client connections whose tenant is not known. */
    public Account connections() {
        return connections;
    }

    public long budget() {
        return budget;
    }

    /** Bytes held at the moment; the sum of all accounts. */
    public long held() {
        return held.get();
    }

    /** The part of the budget that is left, 0 or more bytes. */
    long free() {
        return Math.max(0, budget - held.get());
    }

    long least() {
        return budget / LEAST;
    }

    /** The step that load is shed by. */
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

    /** Returns how often something was given up since the start. */
    public long count(Shed what) {
        return shed.get(what.ordinal());
    }
}

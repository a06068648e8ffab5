package dev.clew.budget;

/**
 * The bytes that one connection, request or body holds, on its owner's account. What was taken is given back in full,
 * and once, because only differences go to the account. Used by one thread at a time.
 */
public final class Holding {

    private Account account;
    private long bytes;

    /** Nothing so far. */
    public Holding(Account account) {
        this.account = account;
    }

    public long bytes() {
        return bytes;
    }

    public Account account() {
        return account;
    }

    /**
     * Holds so many bytes from now on, whatever was held before. They count in any case, since they are there.
     *
     * @param now 0 or more
     * @return false when it is more than the owner may hold: then whoever asked for it is to be ended
     */
    public boolean set(long now) {
        long more = now - bytes;
        if (more == 0) {
            return true;
        }
        bytes = now;
        account.add(more);
        return more < 0 || account.isWithinBound();
    }

    /** As {@link #set}, with so many more than before. */
    public boolean add(long more) {
        return set(bytes + more);
    }

    /** Holds nothing any more; may be called again. */
    public void release() {
        set(0);
    }

    /** Moves what is held, and will be, to another account. */
    @SuppressWarnings("ReferenceEquality") // an account is one owner's, whatever it holds
    public void moveTo(Account other) {
        if (account != other) {
            long held = bytes;
            release();
            account = other;
            set(held);
        }
    }
}

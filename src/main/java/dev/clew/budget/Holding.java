package dev.clew.budget;

/**
 * The bytes held by one connection, request or body on its owner's account. Only differences are posted to the account,
 * so the bytes are returned in full and once. Confined to one thread at a time.
 */
public final class Holding {

    private Account account;
    private long bytes;

    /** Creates an empty holding. */
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
     * Sets the bytes held, in place of the earlier number. They are counted even beyond the bound, as they are already
     * allocated.
     *
     * @param now 0 or more
     * @return false if the owner exceeds its bound; the caller must then end the work that needs the bytes
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

    /** Adds to the bytes held; otherwise as {@link #set}. */
    public boolean add(long more) {
        return set(bytes + more);
    }

    /** Releases all bytes held; idempotent. */
    public void release() {
        set(0);
    }

    /** Moves the bytes held, and later ones, to another account. */
    @SuppressWarnings("ReferenceEquality") // an account has identity
    public void moveTo(Account other) {
        if (account != other) {
            long held = bytes;
            release();
            account = other;
            set(held);
        }
    }
}

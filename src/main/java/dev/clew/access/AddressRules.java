package dev.clew.access;

import dev.clew.network.Networks;

/**
 * The client addresses that requests are accepted from.
 *
 * @param allow empty for all
 * @param deny takes precedence over {@code allow}
 */
public record AddressRules(Networks allow, Networks deny) {

    /** Accepts all addresses. */
    public static final AddressRules NONE = new AddressRules(Networks.NONE, Networks.NONE);

    public boolean areNone() {
        return allow.networks().isEmpty() && deny.networks().isEmpty();
    }

    /** @param address 4 or 16 bytes in network order; empty when unknown, which only {@link #NONE} accepts */
    public boolean admit(byte[] address) {
        if (areNone()) {
            return true;
        }
        boolean known = address.length > 0;
        return known && !deny.contains(address) && (allow.networks().isEmpty() || allow.contains(address));
    }
}

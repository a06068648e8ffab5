package dev.clew.access;

import dev.clew.network.Networks;

/**
 * From which addresses requests are taken.
 *
 * @param allow empty for all
 * @param deny goes before {@code allow}
 */
public record AddressRules(Networks allow, Networks deny) {

    /** From all. */
    public static final AddressRules NONE = new AddressRules(Networks.NONE, Networks.NONE);

    public boolean areNone() {
        return allow.networks().isEmpty() && deny.networks().isEmpty();
    }

    /** @param address 4 or 16 bytes in network order; empty when it is not known, which no rule admits */
    public boolean admit(byte[] address) {
        if (areNone()) {
            return true;
        }
        boolean known = address.length > 0;
        return known && !deny.contains(address) && (allow.networks().isEmpty() || allow.contains(address));
    }
}

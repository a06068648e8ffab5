package dev.clew.network;

import java.util.List;

/** A set of address ranges: those that somebody trusts, for example. */
public record Networks(List<Cidr> networks) {

    /** No address at all. */
    public static final Networks NONE = new Networks(List.of());

    public Networks {
        networks = List.copyOf(networks);
    }

    /**
     * Returns whether an address lies in one of them. Never resolves a name.
     *
     * @param peer an IP address as text
     */
    public boolean contains(String peer) {
        // The usual case on the request path is an empty list, which must not even read the address.
        return !networks.isEmpty() && contains(IpAddress.parse(peer));
    }

    /** @param address 4 or 16 bytes in network order */
    public boolean contains(byte[] address) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}

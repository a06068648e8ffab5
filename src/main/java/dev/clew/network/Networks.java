package dev.clew.network;

import java.util.List;

/** A set of address ranges, such as those of trusted proxies. */
public record Networks(List<Cidr> networks) {

    /** The empty set. */
    public static final Networks NONE = new Networks(List.of());

    public Networks {
        networks = List.copyOf(networks);
    }

    /**
     * Returns whether an address is in any of the ranges. Never resolves a name.
     *
     * @param peer an IP address as text
     */
    public boolean contains(String peer) {
        // The usual set on the request path is empty; skips parsing the address then.
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

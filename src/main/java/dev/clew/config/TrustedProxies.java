package dev.clew.config;

import java.net.InetAddress;
import java.util.List;

/** The peers whose {@code Forwarded} and {@code X-Forwarded-*} headers are believed. */
public record TrustedProxies(List<Cidr> networks) {

    /** Nobody: what a client says about who it is counts for nothing. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /** Whether the peer at this address is one of them. Never resolves a name. */
    public boolean contains(InetAddress peer) {
        // The usual case on the request path is an empty list, which must not even copy the address.
        return !networks.isEmpty() && contains(peer.getAddress());
    }

    private boolean contains(byte[] address) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}

package dev.clew.config;

import io.netty.util.NetUtil;
import java.util.List;

/** The peers whose {@code Forwarded} and {@code X-Forwarded-*} headers are believed. */
public record TrustedProxies(List<Cidr> networks) {

    /** Nobody: what a client says about who it is counts for nothing. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /**
     * Whether the peer is one of them. Never resolves a name.
     *
     * @param peer an IP address as text
     */
    public boolean contains(String peer) {
        // The usual case on the request path is an empty list, which must not even read the address.
        if (networks.isEmpty()) {
            return false;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(peer);
        return address != null && contains(address);
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

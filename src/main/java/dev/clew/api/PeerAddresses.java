package dev.clew.api;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the other replicas: those of each configured name, such as a headless Service's. Blocks while it
 * resolves names.
 */
final class PeerAddresses {

    /** The bound on replicas that are asked. */
    static final int MAX = 32;

    private final List<String> configured;
    private final int ownPort;

    /**
     * @param configured {@code host} or {@code host:port}; a port not given is this gateway's own
     * @param ownPort of the management port
     */
    PeerAddresses(List<String> configured, int ownPort) {
        this.configured = List.copyOf(configured);
        this.ownPort = ownPort;
    }

    /** A replica's management port. */
    record Address(String host, int port) {

        @Override
        public String toString() {
            return authority(host, port);
        }
    }

    /** Returns {@code host:port}, an IPv6 address in brackets. */
    static String authority(String host, int port) {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }

    /**
     * The result of resolving.
     *
     * @param others without this process
     * @param unresolved configured names without an address, or beyond the bound
     */
    record Resolved(List<Address> others, List<Replicas.Missing> unresolved) {}

    boolean isEmpty() {
        return configured.isEmpty();
    }

    /** Returns that nothing is known of the others. */
    Replicas unknown(String why) {
        List<Replicas.Missing> missing =
                configured.stream().map(peer -> new Replicas.Missing(peer, why)).toList();
        return new Replicas(1 + missing.size(), missing);
    }

    Resolved resolve() {
        Set<Address> found = new LinkedHashSet<>();
        List<Replicas.Missing> unresolved = new ArrayList<>();
        for (String peer : configured) {
            Address named = parse(peer);
            try {
                for (InetAddress address : InetAddress.getAllByName(named.host)) {
                    if (named.port != ownPort || !isOwn(address)) {
                        found.add(new Address(address.getHostAddress(), named.port));
                    }
                }
            } catch (UnknownHostException unknown) {
                unresolved.add(new Replicas.Missing(peer, "name has no address"));
            }
        }
        List<Address> all = List.copyOf(found);
        all.stream()
                .skip(MAX)
                .forEach(beyond ->
                        unresolved.add(new Replicas.Missing(beyond.toString(), "more than " + MAX + " replicas")));
        return new Resolved(all.stream().limit(MAX).toList(), unresolved);
    }

    private Address parse(String peer) {
        int colon = peer.lastIndexOf(':');
        boolean bracketed = peer.startsWith("[");
        if (colon < 0 || bracketed && peer.endsWith("]") || !bracketed && peer.indexOf(':') < colon) {
            return new Address(bracketed ? peer.substring(1, peer.length() - 1) : peer, ownPort);
        }
        String host = peer.substring(0, colon);
        Integer port = port(peer.substring(colon + 1));
        return new Address(bracketed ? host.substring(1, host.length() - 1) : host, port == null ? ownPort : port);
    }

    private static @Nullable Integer port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port < 65_536 ? port : null;
        } catch (NumberFormatException malformed) {
            return null;
        }
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}

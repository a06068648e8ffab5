package dev.clew.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The hosts accepted in requests to the management port. A browser sends the host of the page's URL, and the owner of a
 * public name can resolve it to this address (DNS rebinding); IP addresses and cluster-internal names cannot be owned
 * by others.
 *
 * <p>Allowed are IP addresses, which the kubelet and Prometheus use; names without a dot, such as {@code localhost} or
 * a Service's; {@code *.localhost} (RFC 6761 section 6.3); {@code *.svc} and {@code *.cluster.local}; and the
 * configured names.
 */
public final class AllowedHosts {

    private static final List<String> SUFFIXES = List.of(".localhost", ".svc", ".cluster.local");
    private static final int MAX_OF_A_BYTE = 255;
    private static final int BYTES = 4;

    private final List<String> names = new ArrayList<>();
    private final List<String> suffixes = new ArrayList<>(SUFFIXES);

    /**
     * Adds hosts to those always allowed.
     *
     * @param more names, or {@code "*."} and a name for all its subdomains
     * @throws IllegalArgumentException for an invalid name
     */
    public AllowedHosts(List<String> more) {
        for (String host : more) {
            String name = host.startsWith("*.") ? host.substring(1) : host;
            if (name.isEmpty() || name.indexOf('*') >= 0 || name.indexOf(':') >= 0 || name.indexOf('/') >= 0) {
                throw new IllegalArgumentException(
                        "clew.management.hosts: " + host + " (expected: a name without a port, or *. and a name)");
            }
            (name.startsWith(".") ? suffixes : names).add(name.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * Returns whether a host is allowed.
     *
     * @param host of a request, without a port; an IPv6 address with or without brackets
     */
    public boolean contains(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty()) {
            return false;
        }
        return name.indexOf(':') >= 0
                || name.indexOf('.') < 0
                || isIpv4(name)
                || names.contains(name)
                || suffixes.stream().anyMatch(name::endsWith);
    }

    /** Returns whether a name is an IPv4 address as browsers write it: four decimal numbers. */
    private static boolean isIpv4(String name) {
        int numbers = 0;
        int value = -1;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : '.';
            if (c == '.') {
                if (value < 0) {
                    return false;
                }
                numbers++;
                value = -1;
            } else if (c < '0' || c > '9') {
                return false;
            } else {
                value = Math.max(value, 0) * 10 + c - '0';
                if (value > MAX_OF_A_BYTE) {
                    return false;
                }
            }
        }
        return numbers == BYTES;
    }
}

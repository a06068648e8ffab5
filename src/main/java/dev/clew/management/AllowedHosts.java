package dev.clew.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The hosts by which the management port may be asked. A browser sends the name that its user's page asked for, and
 * whoever owns a public name can have it stand for this address (DNS rebinding); addresses and a cluster's own names
 * nobody else can own.
 *
 * <p>Known are IP addresses, which the kubelet and Prometheus ask by; names without a dot, such as {@code localhost} or
 * a Service's; {@code *.localhost} (RFC 6761 section 6.3); {@code *.svc} and {@code *.cluster.local}; and what is
 * configured.
 */
public final class AllowedHosts {

    private static final List<String> SUFFIXES = List.of(".localhost", ".svc", ".cluster.local");
    private static final int MOST_OF_A_BYTE = 255;
    private static final int BYTES = 4;

    private final List<String> names = new ArrayList<>();
    private final List<String> suffixes = new ArrayList<>(SUFFIXES);

    /**
     * These beside those that always are.
     *
     * @param more names, or {@code "*."} and a name for all below it
     * @throws IllegalArgumentException for what is neither
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

    /** @param host of a request, without a port; an IPv6 address in brackets or without */
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

    /** As browsers write addresses: four decimal numbers. */
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
                if (value > MOST_OF_A_BYTE) {
                    return false;
                }
            }
        }
        return numbers == BYTES;
    }
}

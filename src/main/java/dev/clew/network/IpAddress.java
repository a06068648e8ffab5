package dev.clew.network;

import io.netty.util.NetUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IP addresses as 4 or 16 bytes in network order. IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2) becomes IPv4. */
public final class IpAddress {

    /** An unknown address. */
    public static final byte[] UNKNOWN = {};

    private static final int IPV4_BYTES = 4;
    /** In bytes. */
    private static final int IPV4_NETWORK = 3;
    /** In bytes. */
    private static final int IPV6_NETWORK = 6;

    private static final int MAPPED_PREFIX = 12;
    private static final int MAX_PORT_DIGITS = 5;

    private IpAddress() {}

    /** Parses an address; {@link #UNKNOWN} for any other text. */
    public static byte[] parse(String text) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
        return address == null ? UNKNOWN : unmapped(address);
    }

    /**
     * Parses the address of a node, a client or proxy (RFC 7239 section 6): {@code 192.0.2.1:80}, {@code
     * [2001:db8::1]:80}, also without port or brackets. {@link #UNKNOWN} for {@code unknown}, for obfuscated
     * identifiers, for addresses with a zone, which is meaningful on its own host only, and for any other text.
     */
    static byte[] parseNode(String node) {
        int bracket = node.startsWith("[") ? node.indexOf(']') : -1;
        int colon = bracket < 0 ? node.indexOf(':') : bracket + 1;
        boolean bare = bracket < 0 && (colon < 0 || colon != node.lastIndexOf(':'));
        int end = bare || colon == node.length() ? node.length() : colon;
        if (node.indexOf('%') >= 0 || (end < node.length() && !isPort(node, end))) {
            return UNKNOWN;
        }
        return parse(node.substring(0, end));
    }

    /** Returns whether the rest from there is a colon and a port: {@code node-port} in RFC 7239 section 6. */
    private static boolean isPort(String node, int start) {
        int length = node.length() - start - 1;
        if (node.charAt(start) != ':' || length < 1) {
            return false;
        }
        boolean obfuscated = node.charAt(start + 1) == '_';
        for (int i = start + 1; i < node.length() && !obfuscated; i++) {
            if (node.charAt(i) < '0' || node.charAt(i) > '9') {
                return false;
            }
        }
        return obfuscated || length <= MAX_PORT_DIGITS;
    }

    /**
     * Returns the network of an address, which names no single client: {@code 192.0.2.0/24} or {@code 2001:db8:1::/48};
     * null for any other text.
     */
    public static @Nullable String network(String text) {
        byte[] address = parse(text);
        if (address.length == 0) {
            return null;
        }
        int kept = address.length == IPV4_BYTES ? IPV4_NETWORK : IPV6_NETWORK;
        Arrays.fill(address, kept, address.length, (byte) 0);
        return NetUtil.bytesToIpAddress(address) + '/' + kept * Byte.SIZE;
    }

    /** Returns the IPv4 address of an IPv4-mapped one; other addresses unchanged. */
    static byte[] unmapped(byte[] address) {
        return isMapped(address) ? new byte[] {address[12], address[13], address[14], address[15]} : address;
    }

    private static boolean isMapped(byte[] address) {
        if (address.length <= MAPPED_PREFIX || address[10] != -1 || address[11] != -1) {
            return false;
        }
        for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }
}

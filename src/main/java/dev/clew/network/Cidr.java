package dev.clew.network;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** A range of IP addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3); immutable. */
public final class Cidr {

    /** Length of the common prefix of all IPv4-mapped IPv6 addresses. */
    private static final int MAPPED_BITS = 96;

    private final byte[] network;
    private final int prefixLength;

    private Cidr(byte[] network, int prefixLength) {
        this.network = network;
        this.prefixLength = prefixLength;
    }

    /**
     * Parses {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address. IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2)
     * becomes IPv4, as in addresses. Rejects host names, and networks with bits set after the prefix, in which one of
     * the two parts must be a mistake.
     *
     * @throws IllegalArgumentException with the expected format, without the text
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (address == null || text.indexOf('%') >= 0) {
            throw new IllegalArgumentException("expected: an address range such as 10.0.0.0/8 or 2001:db8::/32");
        }
        int bits = address.length * Byte.SIZE;
        int prefixLength = slash < 0 ? bits : prefixLength(text.substring(slash + 1), bits);
        for (int bit = prefixLength; bit < bits; bit++) {
            if ((address[bit / Byte.SIZE] & mask(bit)) != 0) {
                throw new IllegalArgumentException("expected: no address bits set after the first " + prefixLength);
            }
        }
        byte[] ipv4 = prefixLength < MAPPED_BITS ? address : IpAddress.unmapped(address);
        return new Cidr(ipv4, prefixLength - (bits - ipv4.length * Byte.SIZE));
    }

    private static int prefixLength(String digits, int bits) {
        boolean numeric =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = numeric ? Integer.parseInt(digits) : -1;
        if (value < 0 || value > bits) {
            throw new IllegalArgumentException("expected: a prefix length from 0 to " + bits + " after the slash");
        }
        return value;
    }

    private static int mask(int bit) {
        return 0x80 >> (bit % Byte.SIZE);
    }

    /**
     * Returns whether an address, 4 or 16 bytes in network order, is in this range. IPv4 ranges match IPv4 only;
     * IPv4-mapped IPv6 addresses ({@code ::ffff:0:0/96}) have been converted before, as {@link IpAddress} and {@link
     * java.net.InetAddress} do.
     */
    public boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int wholeBytes = prefixLength / Byte.SIZE;
        for (int i = 0; i < wholeBytes; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int rest = prefixLength % Byte.SIZE;
        int mask = 0xff00 >> rest;
        return rest == 0 || (address[wholeBytes] & mask & 0xff) == (network[wholeBytes] & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && prefixLength == cidr.prefixLength && Arrays.equals(network, cidr.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixLength;
    }

    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(network) + "/" + prefixLength;
    }
}

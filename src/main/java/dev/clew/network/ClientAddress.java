package dev.clew.network;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;

/** Reads who a request came from out of the fields by which proxies tell. Believes none of them: the caller decides. */
public final class ClientAddress {

    /** An address that is not known. */
    public static final byte[] UNKNOWN = {};

    private static final int MAPPED_PREFIX = 12;

    private ClientAddress() {}

    /** An IP address as text, of 4 or 16 bytes; IPv4 written as IPv6 (RFC 4291 section 2.5.5.2) is IPv4. */
    public static byte[] parse(String text) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
        return address == null ? UNKNOWN : unmapped(address);
    }

    /** An address of 4 or 16 bytes, without what makes IPv6 of IPv4. */
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

    /**
     * The last address that no trusted proxy has: what stands left of it anybody may have written. The first one where all are
     * trusted.
     *
     * @param lines of {@code X-Forwarded-For}, in order; at least one
     */
    public static byte[] forwardedFor(List<String> lines, Networks trusted) {
        List<String> nodes = new ArrayList<>();
        for (String line : lines) {
            split(line, ',', nodes);
        }
        return lastUntrusted(nodes, trusted);
    }

    /** The same of {@code Forwarded}: RFC 7239 section 4. */
    public static byte[] forwarded(List<String> lines, Networks trusted) {
        List<String> elements = new ArrayList<>();
        for (String line : lines) {
            split(line, ',', elements);
        }
        elements.replaceAll(ClientAddress::node);
        return lastUntrusted(elements, trusted);
    }

    private static byte[] lastUntrusted(List<String> nodes, Networks trusted) {
        byte[] address = UNKNOWN;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            address = parse(withoutPort(nodes.get(i)));
            if (!trusted.contains(address)) {
                return address;
            }
        }
        return address;
    }

    /**
     * Splits where the separator stands in no quotes. Quotes that are not closed end with an element that nobody can read: else a
     * client could hide in them what the proxy has appended.
     */
    private static void split(String text, char separator, List<String> to) {
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                to.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        to.add(text.substring(start).strip());
        if (quoted) {
            to.add("");
        }
    }

    /** What {@code for} says in an element, without quotes; empty when it says nothing. */
    private static String node(String element) {
        List<String> pairs = new ArrayList<>();
        split(element, ';', pairs);
        for (String pair : pairs) {
            if (pair.regionMatches(true, 0, "for=", 0, 4)) {
                String value = pair.substring(4);
                boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return "";
    }

    /** {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}: RFC 7239 section 6. */
    private static String withoutPort(String node) {
        int bracket = node.indexOf(']');
        if (node.startsWith("[") && bracket > 0) {
            return node.substring(1, bracket);
        }
        int colon = node.indexOf(':');
        return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
    }
}

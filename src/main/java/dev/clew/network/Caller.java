package dev.clew.network;

import io.netty.util.NetUtil;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request, and the scheme and host that the client asked for: the one reading of {@code Forwarded} (RFC
 * 7239) and of {@code X-Forwarded-For}, {@code -Host} and {@code -Proto}, which have no specification.
 *
 * <ol>
 *   <li>Nobody but a trusted proxy is believed, and it only where it is the other end of the connection (RFC 7239
 *   section
 *       8.1). For all others the client is that other end, and scheme and host are those of the request itself.
 *   <li>The client is the last node that is no trusted proxy: what stands left of it anybody may have written. It is
 *   the
 *       first node where all are trusted. A node that is {@code unknown}, obfuscated (RFC 7239 sections 6.2 and 6.3),
 *       left out or malformed may be anybody: there the list ends, and the client is not known.
 *   <li>Lines of a field are one list, in order (RFC 9110 section 5.3). An empty member names nobody. A
 *   {@code Forwarded}
 *       that does not follow its grammar (RFC 7239 section 4, quoted strings by RFC 9110 section 5.6.4), and an
 *       {@code X-Forwarded-For} with a quote in it, name nobody and say nothing else.
 *   <li>Of {@code Forwarded}, scheme and host count from the element that names the client: the proxy that wrote it
 *   alone saw
 *       what the client asked for (RFC 7239 sections 5.3 and 5.4).
 *   <li>No field goes before another. A proxy writes one kind and may pass on the other as a client wrote it, so
 *   client,
 *       scheme and host, each by itself, count only if all fields, lines and members that tell of it say the same.
 *       Where they contradict each other, the client is not known, and scheme and host are those of the request itself.
 *   <li>The scheme is {@code http} or {@code https}, in any case of letters; {@code ws} and {@code wss} mean these (RFC
 *   6455
 *       section 3). Any other, and an empty host, count as not said.
 * </ol>
 *
 * @param peer IP address of the connection's other end, or the one that a PROXY header gives; null when it has none
 * @param isBehindProxy whether the peer is a trusted proxy
 * @param client IP address of the client; null when it is not known
 * @param scheme {@code http} or {@code https}, as the client asked
 * @param authority the host asked for, perhaps with a port; any text, empty when there is none
 */
public record Caller(
        @Nullable String peer, boolean isBehindProxy, @Nullable String client, String scheme, String authority) {

    /** A client that is told of and cannot be known. */
    private static final String UNKNOWN = "";

    /**
     * Reads a request.
     *
     * @param direct the request without what proxies say: its peer, and scheme and host of its own
     * @param lines all lines of a field, in order; asked only of a trusted proxy's request
     */
    public static Caller read(Caller direct, Networks trusted, Function<ForwardingField, List<String>> lines) {
        if (direct.peer == null || !trusted.contains(direct.peer)) {
            return direct;
        }
        Said forwarded = Said.by(lines.apply(ForwardingField.FORWARDED), trusted);
        String client = agreedClient(forwarded.client, lastUntrusted(lines.apply(ForwardingField.FOR), trusted));
        String scheme = agreed(forwarded.scheme, lines.apply(ForwardingField.PROTO));
        String host = agreed(forwarded.host, lines.apply(ForwardingField.HOST));
        return new Caller(
                direct.peer,
                true,
                client == null ? direct.peer : client.equals(UNKNOWN) ? null : client,
                scheme(scheme, direct.scheme),
                host == null || host.isEmpty() ? direct.authority : host);
    }

    /** Returns the caller of a request that nobody but its sender tells of. */
    public static Caller direct(@Nullable String peer, boolean tls, String authority) {
        return new Caller(peer, false, peer, tls ? "https" : "http", authority);
    }

    /**
     * Returns the client's address, or the peer's where the client is not known: for what is no decision about access.
     */
    public @Nullable String nearest() {
        return client == null ? peer : client;
    }

    private static String scheme(@Nullable String said, String own) {
        if ("https".equalsIgnoreCase(said) || "wss".equalsIgnoreCase(said)) {
            return "https";
        }
        return "http".equalsIgnoreCase(said) || "ws".equalsIgnoreCase(said) ? "http" : own;
    }

    /** The content of a {@code Forwarded} field; null for what it does not say. */
    private record Said(@Nullable String client, @Nullable String scheme, @Nullable String host) {

        private static final Said NOTHING = new Said(null, null, null);
        private static final Said UNREADABLE = new Said(UNKNOWN, null, null);

        static Said by(List<String> lines, Networks trusted) {
            if (lines.isEmpty()) {
                return NOTHING;
            }
            List<ForwardedElement> elements = ForwardedElement.parse(lines);
            if (elements == null) {
                return UNREADABLE;
            }
            int last = elements.size();
            byte[] address;
            ForwardedElement element;
            do {
                element = elements.get(--last);
                address = element.node() == null ? IpAddress.UNKNOWN : IpAddress.parseNode(element.node());
            } while (last > 0 && trusted.contains(address));
            return new Said(text(address), element.scheme(), element.host());
        }
    }

    /** Returns the client by {@code X-Forwarded-For}; null without any line. */
    private static @Nullable String lastUntrusted(List<String> lines, Networks trusted) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).indexOf('"') >= 0) {
                return UNKNOWN;
            }
        }
        byte[] address = IpAddress.UNKNOWN;
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            for (int end = line.length(); end >= 0; ) {
                int comma = line.lastIndexOf(',', end - 1);
                address = IpAddress.parseNode(line.substring(comma + 1, end).strip());
                if (!trusted.contains(address)) {
                    return text(address);
                }
                end = comma;
            }
        }
        return lines.isEmpty() ? null : text(address);
    }

    private static String text(byte[] address) {
        return address.length == 0 ? UNKNOWN : NetUtil.bytesToIpAddress(address);
    }

    private static @Nullable String agreedClient(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.equals(other) ? one : UNKNOWN;
    }

    /** Returns the one value that is said, without blanks around it; null for none, and for several that differ. */
    private static @Nullable String agreed(@Nullable String said, List<String> lines) {
        String agreed = said;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int start = 0;
            for (int comma = line.indexOf(','); start <= line.length(); comma = line.indexOf(',', start)) {
                int end = comma < 0 ? line.length() : comma;
                String value = line.substring(start, end).strip();
                if (agreed != null && !agreed.equalsIgnoreCase(value)) {
                    return null;
                }
                agreed = value;
                start = end + 1;
            }
        }
        return agreed;
    }
}

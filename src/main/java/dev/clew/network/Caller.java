package dev.clew.network;

import io.netty.util.NetUtil;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request, and the scheme and host that the client requested: the single reading of {@code Forwarded}
 * (RFC 7239) and of {@code X-Forwarded-For}, {@code -Host} and {@code -Proto}, which have no specification.
 *
 * <ol>
 *   <li>Only trusted proxies are believed, and only as the connection's peer (RFC 7239 section 8.1). For all other
 *       requests the client is the peer, and scheme and host are the request's own.
 *   <li>The client is the last node that is no trusted proxy, since anyone may have written the nodes before it; the
 *       first node if all are trusted. A node that is {@code unknown}, obfuscated (RFC 7239 sections 6.2 and 6.3),
 *       absent or malformed ends the list, and the client is unknown.
 *   <li>Lines of a field form one list, in order (RFC 9110 section 5.3). An empty member names no client. Nor does a
 *       {@code Forwarded} that violates its grammar (RFC 7239 section 4, quoted strings by RFC 9110 section 5.6.4), or
 *       an {@code X-Forwarded-For} with a quote; their other parts are ignored too.
 *   <li>Scheme and host of {@code Forwarded} are those of the element that names the client: only the proxy that wrote
 *       it saw what the client requested (RFC 7239 sections 5.3 and 5.4).
 *   <li>No field takes precedence. A proxy writes one kind and may forward the other as a client wrote it, so client,
 *       scheme and host, each independently, count only if all fields, lines and members that name it agree. If they
 *       differ, the client is unknown, and scheme and host are the request's own.
 *   <li>The scheme is {@code http} or {@code https}, in any case; {@code ws} and {@code wss} count as these (RFC 6455
 *       section 3). Any other scheme, and an empty host, count as absent.
 * </ol>
 *
 * @param peer IP address of the connection's peer, or that of its PROXY header; null without one
 * @param isBehindProxy whether the peer is a trusted proxy
 * @param client IP address of the client; null when unknown
 * @param scheme {@code http} or {@code https}, as the client requested
 * @param authority requested host, with an optional port; any text, empty when absent
 */
public record Caller(
        @Nullable String peer, boolean isBehindProxy, @Nullable String client, String scheme, String authority) {

    /** A client that is named but cannot be identified. */
    private static final String UNKNOWN = "";

    /**
     * Reads a request.
     *
     * @param direct the request without forwarding fields: its peer, and its own scheme and host
     * @param lines returns all lines of a field, in order; called for requests of trusted proxies only
     */
    public static Caller read(Caller direct, Networks trusted, Function<ForwardingField, List<String>> lines) {
        if (direct.peer == null || !trusted.contains(direct.peer)) {
            return direct;
        }
        Forwarded forwarded = Forwarded.parse(lines.apply(ForwardingField.FORWARDED), trusted);
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

    /** Returns the caller of a request without trusted forwarding fields. */
    public static Caller direct(@Nullable String peer, boolean tls, String authority) {
        return new Caller(peer, false, peer, tls ? "https" : "http", authority);
    }

    /** Returns the client's address, or the peer's if the client is unknown; not for decisions about access. */
    public @Nullable String nearest() {
        return client == null ? peer : client;
    }

    private static String scheme(@Nullable String forwarded, String own) {
        if ("https".equalsIgnoreCase(forwarded) || "wss".equalsIgnoreCase(forwarded)) {
            return "https";
        }
        return "http".equalsIgnoreCase(forwarded) || "ws".equalsIgnoreCase(forwarded) ? "http" : own;
    }

    /** The content of a {@code Forwarded} field; null for absent parts. */
    private record Forwarded(@Nullable String client, @Nullable String scheme, @Nullable String host) {

        private static final Forwarded ABSENT = new Forwarded(null, null, null);
        private static final Forwarded MALFORMED = new Forwarded(UNKNOWN, null, null);

        static Forwarded parse(List<String> lines, Networks trusted) {
            if (lines.isEmpty()) {
                return ABSENT;
            }
            List<ForwardedElement> elements = ForwardedElement.parse(lines);
            if (elements == null) {
                return MALFORMED;
            }
            int last = elements.size();
            byte[] address;
            ForwardedElement element;
            do {
                element = elements.get(--last);
                address = element.node() == null ? IpAddress.UNKNOWN : IpAddress.parseNode(element.node());
            } while (last > 0 && trusted.contains(address));
            return new Forwarded(text(address), element.scheme(), element.host());
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

    /** Returns the single value of all members, stripped; null for none, and for several that differ. */
    private static @Nullable String agreed(@Nullable String forwarded, List<String> lines) {
        String agreed = forwarded;
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

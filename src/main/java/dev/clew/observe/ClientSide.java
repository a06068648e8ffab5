package dev.clew.observe;

import dev.clew.exchange.Exchange;
import dev.clew.network.Agreed;
import dev.clew.network.Networks;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request as its client made it, before any trusted proxy in front: what those proxies say is believed, as it is sent on
 * (RFC 7239 section 8.1), and nobody else's word is.
 *
 * @param address IP address of the client; of the connection's other end where no trusted proxy says another
 * @param scheme {@code http} or {@code https}
 * @param authority the host asked for, perhaps with a port; any text, also none
 */
record ClientSide(@Nullable String address, String scheme, String authority) {

    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");
    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");
    private static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("x-forwarded-host");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("x-forwarded-proto");

    static ClientSide of(Exchange exchange, Networks trustedProxies) {
        HttpConnection connection = exchange.request().connection();
        SocketAddress remote = connection.remoteAddress();
        String peer = remote == null ? null : remote.hostAddress();
        ClientSide seen = new ClientSide(
                peer, connection.isSsl() ? "https" : "http", exchange.head().authority());
        if (peer == null || !trustedProxies.contains(peer)) {
            return seen;
        }
        MultiMap headers = exchange.request().headers();
        List<String> forwarded = headers.getAll(FORWARDED);
        return forwarded.isEmpty()
                ? seen.xForwarded(headers, trustedProxies)
                : seen.forwarded(forwarded, trustedProxies);
    }

    /** RFC 7239: the latest proxy speaks last, so the first word from the end that is not about a trusted proxy counts. */
    private ClientSide forwarded(List<String> lines, Networks trusted) {
        ClientSide nearest = this;
        String all = String.join(",", lines);
        for (int end = all.length(); end >= 0; ) {
            int comma = all.lastIndexOf(',', end - 1);
            String element = all.substring(comma + 1, end);
            String address = address(parameter(element, "for"));
            nearest = nearest.with(address, parameter(element, "proto"), parameter(element, "host"));
            // What stands before it came from there, or from who knows where.
            if (comma < 0 || address == null || !trusted.contains(address)) {
                break;
            }
            end = comma;
        }
        return nearest;
    }

    private ClientSide xForwarded(MultiMap headers, Networks trusted) {
        ClientSide nearest =
                with(null, Agreed.on(headers.getAll(FORWARDED_PROTO)), Agreed.on(headers.getAll(FORWARDED_HOST)));
        String all = String.join(",", headers.getAll(FORWARDED_FOR));
        for (int end = all.length(); end > 0; ) {
            int comma = all.lastIndexOf(',', end - 1);
            String address = address(all.substring(comma + 1, end).strip());
            nearest = nearest.with(address, null, null);
            if (address == null || !trusted.contains(address)) {
                break;
            }
            end = comma;
        }
        return nearest;
    }

    /** What is not said, or makes no sense, stays as it was. */
    private ClientSide with(@Nullable String otherAddress, @Nullable String proto, @Nullable String host) {
        boolean known = "http".equalsIgnoreCase(proto) || "https".equalsIgnoreCase(proto);
        return new ClientSide(
                otherAddress == null ? address : otherAddress,
                known && proto != null ? proto.toLowerCase(Locale.ROOT) : scheme,
                host == null || host.isEmpty() ? authority : host);
    }

    /** The value of a parameter in {@code for=192.0.2.43;proto=https} (RFC 7239 section 4); null when it is not there. */
    private static @Nullable String parameter(String element, String name) {
        for (int start = 0; start < element.length(); ) {
            int semicolon = element.indexOf(';', start);
            int end = semicolon < 0 ? element.length() : semicolon;
            int equals = element.indexOf('=', start);
            if (equals >= 0
                    && equals < end
                    && element.substring(start, equals).strip().equalsIgnoreCase(name)) {
                String value = element.substring(equals + 1, end).strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
            start = end + 1;
        }
        return null;
    }

    /** The IP address of a node (RFC 7239 section 6) without its port; null for one that is unknown or hides behind a name. */
    private static @Nullable String address(@Nullable String node) {
        if (node == null) {
            return null;
        }
        int bracket = node.startsWith("[") ? node.indexOf(']') : -1;
        int colon = node.indexOf(':');
        boolean port = bracket < 0 && colon >= 0 && colon == node.lastIndexOf(':');
        String address = bracket > 0 ? node.substring(1, bracket) : port ? node.substring(0, colon) : node;
        boolean valid = address.indexOf('%') < 0 && NetUtil.createByteArrayFromIpAddressString(address) != null;
        return valid ? address : null;
    }
}

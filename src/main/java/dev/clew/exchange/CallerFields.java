package dev.clew.exchange;

import dev.clew.network.Caller;
import dev.clew.network.ForwardingField;
import dev.clew.network.Networks;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a {@link Caller} from Vert.x's request and connection. */
final class CallerFields {

    private static final Map<ForwardingField, CharSequence> NAMES = new EnumMap<>(ForwardingField.class);

    static {
        for (ForwardingField field : ForwardingField.values()) {
            NAMES.put(field, HttpHeaders.createOptimized(field.fieldName()));
        }
    }

    private CallerFields() {}

    static Caller read(HttpServerRequest request, String authority, Networks trustedProxies) {
        // Taken from the connection: the router's request would first parse forwarded fields.
        HttpConnection connection = request.connection();
        SocketAddress peer = connection.remoteAddress();
        Caller direct = Caller.direct(peer == null ? null : peer.hostAddress(), connection.isSsl(), authority);
        return Caller.read(direct, trustedProxies, field -> lines(request.headers(), field));
    }

    private static List<String> lines(MultiMap headers, ForwardingField field) {
        CharSequence name = Objects.requireNonNull(NAMES.get(field));
        // Checked first, because HTTP/2 headers allocate a list even for an absent field.
        return headers.contains(name) ? headers.getAll(name) : List.of();
    }
}

package dev.clew.proxy;

import dev.clew.access.Identity;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.RoutedRequest;
import dev.clew.header.FieldNames;
import dev.clew.header.FieldRule;
import dev.clew.header.HeaderField;
import dev.clew.header.HeaderRegistry;
import dev.clew.network.Caller;
import dev.clew.network.ForwardedElement;
import dev.clew.tenant.TenantEntry;
import dev.clew.tls.ConnectionCertificates;
import dev.clew.trace.context.OutboundFormat;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Set;

/**
 * The header fields of an upstream request: the client's, as the {@linkplain HeaderRegistry registry} allows, and the
 * gateway's own.
 */
final class RequestHeaders {

    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");
    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");
    private static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("x-forwarded-host");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
    private static final CharSequence CLIENT_CERT = HttpHeaders.createOptimized("client-cert");
    private static final CharSequence VIA = HttpHeaders.createOptimized("via");

    private final CharSequence viaHttp10;
    private final CharSequence viaHttp11;
    private final CharSequence viaHttp2;
    private final OutboundTrace trace;

    RequestHeaders(String via, OutboundTrace trace) {
        this.trace = trace;
        this.viaHttp10 = HttpHeaders.createOptimized("1.0 " + via);
        this.viaHttp11 = HttpHeaders.createOptimized("1.1 " + via);
        this.viaHttp2 = HttpHeaders.createOptimized("2.0 " + via);
    }

    /**
     * Fills in the outbound header fields, except those that frame the body. Keeps the client's {@code Host}.
     *
     * @param propagate the upstream's trace context format
     * @param spanId the attempt's span ID, the parent of the upstream's spans
     */
    void copy(RoutedRequest request, OutboundFormat propagate, String spanId, MultiMap to) {
        Exchange exchange = request.exchange();
        HttpServerRequest from = exchange.request();
        String host = exchange.head().authority();
        Set<String> named = ConnectionOptions.namedBy(from.headers());
        Caller caller = exchange.caller();
        boolean trusted = caller.isBehindProxy();
        Identity identity = exchange.identity();
        FieldNames removed = request.route().access().removed(identity);
        FieldLine.each(from.headers(), (name, value) -> {
            if (passes(name, trusted) && !ConnectionOptions.isNamed(named, name) && !removed.contains(name)) {
                to.add(name, value);
            }
        });
        if (identity != null) {
            identity.fields().forEach(to::set);
        }
        addCertificate(request.tenant(), from.connection(), to);
        to.set(HttpHeaders.HOST, host);
        addVia(from.version(), to);
        addForwarded(caller, host, from.connection().isSsl() ? "https" : "http", to);
        trace.inject(request, propagate, spanId, to);
    }

    /**
     * Returns whether a field is forwarded. Of forwarded fields, proxies replace only the names without underscores, so
     * the others are not trusted.
     */
    private static boolean passes(CharSequence name, boolean fromTrustedProxy) {
        if (name.length() == 0 || name.charAt(0) == ':') {
            return false;
        }
        HeaderField field = HeaderRegistry.of(name);
        return !field.isDroppedFromRequests()
                && (!field.is(FieldRule.FORWARDED) || (fromTrustedProxy && AsciiString.indexOf(name, '_', 0) < 0));
    }

    private static void addCertificate(TenantEntry tenant, HttpConnection connection, MultiMap to) {
        String certificate = tenant.tenant().tls().forwardsClients() ? ConnectionCertificates.client(connection) : null;
        if (certificate != null) {
            to.set(CLIENT_CERT, certificate);
        }
    }

    private void addVia(HttpVersion version, MultiMap to) {
        CharSequence mine =
                switch (version) {
                    case HTTP_1_0 -> viaHttp10;
                    case HTTP_1_1 -> viaHttp11;
                    case HTTP_2 -> viaHttp2;
                };
        append(to, VIA, mine);
    }

    /** Adds the forwarded fields: the connection's peer for this hop, and the trusted properties of the client. */
    private static void addForwarded(Caller caller, String host, String scheme, MultiMap to) {
        // An open quote would hide this hop's element.
        if (caller.isBehindProxy() && !ForwardedElement.areValid(to.getAll(FORWARDED))) {
            to.remove(FORWARDED);
        }
        append(to, FORWARDED, ForwardedElement.write(caller.peer(), host, scheme));
        append(to, FORWARDED_FOR, caller.peer() == null ? "unknown" : caller.peer());
        to.set(FORWARDED_HOST, caller.authority());
        to.set(FORWARDED_PROTO, caller.scheme());
    }

    private static void append(MultiMap to, CharSequence name, CharSequence value) {
        List<String> before = to.contains(name) ? to.getAll(name) : List.of();
        if (before.isEmpty()) {
            to.set(name, value);
        } else {
            to.set(name, String.join(", ", before) + ", " + value);
        }
    }
}

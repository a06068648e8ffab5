package dev.clew.upstream;

import io.netty.resolver.AddressResolver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/**
 * Non-blocking host name resolution by Vert.x's resolver, from the hosts file or DNS. Responses are cached for the
 * records' time to live, within the bounds of {@code quarkus.vertx.resolver}.
 */
final class AddressLookup {

    private static final int ANY_PORT = 1;
    /** Bounds the connections that a large record set can cause. */
    private static final int MAX_ADDRESSES = 256;

    private final boolean reachesIpv6;

    /**
     * @param reachesIpv6 whether names with both IPv4 and IPv6 addresses are resolved to both; otherwise to IPv4 only
     */
    AddressLookup(boolean reachesIpv6) {
        this.reachesIpv6 = reachesIpv6;
    }

    /** Returns a lookup that uses IPv6 if a network interface of this machine has a routable IPv6 address. */
    static AddressLookup ofThisMachine() {
        try {
            return new AddressLookup(NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(AddressLookup::isRoutable));
        } catch (SocketException unknown) {
            return new AddressLookup(false);
        }
    }

    private static boolean isRoutable(InetAddress own) {
        return own instanceof Inet6Address && !own.isLoopbackAddress() && !own.isLinkLocalAddress();
    }

    /** Resolves all A and AAAA records; fails when there are none. */
    Future<List<String>> addresses(String host, ContextInternal context) {
        AddressResolver<InetSocketAddress> resolver =
                context.owner().nettyAddressResolverGroup().getResolver(context.nettyEventLoop());
        Promise<List<String>> addresses = context.promise();
        resolver.resolveAll(InetSocketAddress.createUnresolved(host, ANY_PORT)).addListener(done -> {
            if (done.isSuccess()) {
                addresses.complete(usable(((List<?>) done.getNow())
                        .stream()
                                .map(found -> ((InetSocketAddress) found).getAddress())
                                .toList()));
            } else {
                addresses.fail(done.cause());
            }
        });
        return addresses.future();
    }

    /** Returns the addresses to use, sorted, so that truncation to the maximum keeps the same ones each time. */
    List<String> usable(List<InetAddress> found) {
        boolean onlyIpv4 = !reachesIpv6 && found.stream().anyMatch(address -> !(address instanceof Inet6Address));
        return found.stream()
                .filter(address -> !onlyIpv4 || !(address instanceof Inet6Address))
                .map(InetAddress::getHostAddress)
                .distinct()
                .sorted()
                .limit(MAX_ADDRESSES)
                .toList();
    }
}

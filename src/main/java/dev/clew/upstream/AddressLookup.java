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
 * The addresses of host names, as Vert.x finds them for whoever connects: from the hosts file or by DNS, without blocking. Answers
 * are cached for the records' time to live, within the bounds of {@code quarkus.vertx.resolver}.
 */
final class AddressLookup {

    private static final int ANY_PORT = 1;
    /** A record set of any size must not become connections of any number. */
    private static final int MOST_ADDRESSES = 256;

    private final boolean reachesIpv6;

    /** @param reachesIpv6 whether names that have IPv4 addresses, too, are spoken to at their IPv6 addresses */
    AddressLookup(boolean reachesIpv6) {
        this.reachesIpv6 = reachesIpv6;
    }

    /** As the machine's own addresses suggest. */
    static AddressLookup ofThisMachine() {
        try {
            return new AddressLookup(NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(AddressLookup::leadsBeyondTheLink));
        } catch (SocketException unknown) {
            return new AddressLookup(false);
        }
    }

    private static boolean leadsBeyondTheLink(InetAddress own) {
        return own instanceof Inet6Address && !own.isLoopbackAddress() && !own.isLinkLocalAddress();
    }

    /** All A and AAAA records; fails when there are none. */
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

    /** In an order of their own, so that of too many the same ones are taken each time. */
    List<String> usable(List<InetAddress> found) {
        boolean onlyIpv4 = !reachesIpv6 && found.stream().anyMatch(address -> !(address instanceof Inet6Address));
        return found.stream()
                .filter(address -> !onlyIpv4 || !(address instanceof Inet6Address))
                .map(InetAddress::getHostAddress)
                .distinct()
                .sorted()
                .limit(MOST_ADDRESSES)
                .toList();
    }
}

package dev.clew.listener;

import dev.clew.tls.TlsLibrary;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.Locale;

/**
 * The parts of the network stack in use. An image or a missing library can replace them silently, and both replacements
 * cost: NIO does not notice clients that disconnect while nothing is read, the JDK's resolver blocks event loops, and
 * its TLS takes several times as long.
 *
 * @param transport {@code epoll}, {@code kqueue} or {@code nio}
 * @param resolver {@code vertx}, which does not block and follows the time to live of names, or {@code jdk}
 * @param tls performs TLS with clients
 */
public record NetworkStack(String transport, String resolver, TlsLibrary tls) {

    private static final String GROUP = "EventLoopGroup";

    /** Returns the stack on which a Vert.x instance runs. */
    public static NetworkStack of(Vertx vertx) {
        VertxInternal internal = (VertxInternal) vertx;
        boolean isJdk = internal.nettyAddressResolverGroup() instanceof DefaultAddressResolverGroup;
        return new NetworkStack(name(internal.getEventLoopGroup()), isJdk ? "jdk" : "vertx", TlsLibrary.inUse());
    }

    private static String name(EventLoopGroup loops) {
        String type = loops.getClass().getSimpleName();
        String name = type.endsWith(GROUP) ? type.substring(0, type.length() - GROUP.length()) : type;
        return name.toLowerCase(Locale.ROOT);
    }

    /** As the log says it. */
    @Override
    public String toString() {
        return "transport " + transport + ", resolver " + resolver + ", TLS " + tls;
    }
}

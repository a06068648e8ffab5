package dev.clew.limit;

import dev.clew.tenant.limit.OpenConnections;
import dev.clew.tenant.limit.TenantShare;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tenants a client's connection counts for. It belongs to nobody until a request comes on it, and with the first request for a
 * tenant to that one, too, until it is closed: by keep-alive and coalescing (RFC 9113 section 9.1.1) it may carry several tenants' requests.
 */
public final class CountedConnections {

    private static final AttributeKey<@Nullable Set<OpenConnections>> COUNTED = AttributeKey.valueOf("clew.counted");

    private CountedConnections() {}

    /**
     * Counts a connection once; false when as many as may be are open. To be called on its event loop, where connections are
     * limited.
     */
    public static boolean count(HttpConnection connection, TenantShare share) {
        if (!(connection instanceof ConnectionBase base)) {
            return true;
        }
        Channel channel = base.channelHandlerContext().channel();
        Set<OpenConnections> counted = channel.attr(COUNTED).get();
        OpenConnections tenants = share.connections();
        if (counted != null && counted.contains(tenants)) {
            return true;
        }
        if (!tenants.tryOpen(share.limits().connections())) {
            return false;
        }
        if (counted == null) {
            counted = Collections.newSetFromMap(new IdentityHashMap<>(2));
            channel.attr(COUNTED).set(counted);
        }
        counted.add(tenants);
        // Also where it is closed already: then at once.
        channel.closeFuture().addListener(closed -> tenants.closed());
        return true;
    }
}

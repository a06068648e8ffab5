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
 * The tenants that a client connection counts towards. It counts for none until its first request, then for the tenant
 * of each request until it closes: with keep-alive and coalescing (RFC 9113 section 9.1.1) it may carry several
 * tenants' requests.
 */
public final class CountedConnections {

    private static final AttributeKey<@Nullable Set<OpenConnections>> COUNTED = AttributeKey.valueOf("clew.counted");

    private CountedConnections() {}

    /**
     * Counts a connection towards a tenant once; returns false when the tenant's limit is reached. Called on the
     * connection's event loop, if the tenant limits connections.
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
        // Runs at once if the connection has closed already.
        channel.closeFuture().addListener(closed -> tenants.closed());
        return true;
    }
}

package dev.clew.upstream.client;

import dev.clew.exchange.Deadlines;
import dev.clew.upstream.wire.StaleConnections;
import dev.clew.upstream.wire.StrictResponses;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.impl.PartialPooledByteBufAllocator;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connections to one address, in HTTP/1.1 without TLS: the common case, spoken on Netty's channels
 * with as few layers as that takes.
 *
 * <p>The upstream's permits bound the connections: a new one is opened only for a request that holds a permit while
 * none is idle. The latest idle one is taken first, so that those not needed are closed after the idle timeout.
 */
public final class DirectClient extends Deadlines.Deadline {

    private final VertxInternal vertx;
    private final HttpClientOptions options;
    private final SocketAddress address;
    private final StrictResponses responses;
    private final Deadlines deadlines;
    private final StaleConnections stale = new StaleConnections();
    private final Deque<DirectConnection> idle = new ArrayDeque<>();
    private final Set<DirectConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private @Nullable Bootstrap bootstrap;
    /** The time of the next look at idle connections; meaningless while none is planned. */
    private long lookAtNanos;

    private boolean looks;
    private boolean closed;

    /**
     * Creates a client without connections.
     *
     * @param options of which those for connections apply
     * @param address resolved when connecting if it is a name
     * @param deadlines of the event loop
     */
    public DirectClient(
            VertxInternal vertx,
            HttpClientOptions options,
            SocketAddress address,
            StrictResponses responses,
            Deadlines deadlines) {
        this.vertx = vertx;
        this.options = options;
        this.address = address;
        this.responses = responses;
        this.deadlines = deadlines;
    }

    StrictResponses responses() {
        return responses;
    }

    /**
     * Opens a request on an idle connection, or on a new one. A stale connection, with its end or unsolicited bytes
     * pending, is closed and another one taken.
     */
    public void request(HttpMethod method, String target, ResponseReceiver receiver) {
        ContextInternal context = (ContextInternal) Objects.requireNonNull(Vertx.currentContext(), "no event loop");
        DirectConnection reused = takeIdle();
        if (reused == null) {
            connect(method, target, receiver, context);
        } else {
            begin(new DirectRequest(reused, method, target, receiver, context), receiver);
        }
    }

    private @Nullable DirectConnection takeIdle() {
        DirectConnection next = idle.poll();
        while (next != null && !next.isUsable(stale)) {
            next.end();
            next = idle.poll();
        }
        return next;
    }

    private static void begin(DirectRequest request, ResponseReceiver receiver) {
        try {
            receiver.connected(request);
        } catch (RuntimeException fault) {
            receiver.broke(fault);
        }
    }

    private void connect(HttpMethod method, String target, ResponseReceiver receiver, ContextInternal context) {
        DirectConnection connection = new DirectConnection(this);
        bootstrap(context.nettyEventLoop())
                .clone()
                .handler(connection)
                .connect(vertx.transport().convert(address))
                .addListener(done -> context.dispatch(connection, made -> {
                    if (!done.isSuccess()) {
                        unconnected(done.cause(), receiver);
                    } else if (closed) {
                        made.end();
                        unconnected(new IllegalStateException("Client is closed"), receiver);
                    } else {
                        open.add(made);
                        begin(new DirectRequest(made, method, target, receiver, context), receiver);
                    }
                }));
    }

    private static void unconnected(Throwable cause, ResponseReceiver receiver) {
        try {
            receiver.unconnected(cause);
        } catch (RuntimeException fault) {
            receiver.broke(fault);
        }
    }

    private Bootstrap bootstrap(EventLoop loop) {
        Bootstrap known = bootstrap;
        if (known == null) {
            known = new Bootstrap()
                    .group(loop)
                    .channelFactory(vertx.transport().channelFactory(false))
                    .resolver(vertx.nettyAddressResolverGroup())
                    .option(ChannelOption.ALLOCATOR, PartialPooledByteBufAllocator.INSTANCE);
            vertx.transport().configure(options, false, known);
            bootstrap = known;
        }
        return known;
    }

    /** Keeps a connection for a later request. */
    void released(DirectConnection connection) {
        if (closed) {
            connection.end();
            return;
        }
        connection.idleFrom(System.nanoTime(), TimeUnit.SECONDS.toNanos(options.getKeepAliveTimeout()));
        idle.push(connection);
        lookAt(connection.idleUntilNanos());
    }

    private void lookAt(long nanos) {
        if (!looks || nanos - lookAtNanos < 0) {
            looks = true;
            lookAtNanos = nanos;
            deadlines.add(this, nanos);
        }
    }

    /** Closes the connections that were idle for too long. */
    @Override
    protected void expired() {
        looks = false;
        long now = System.nanoTime();
        List<DirectConnection> over = new ArrayList<>();
        for (DirectConnection connection : idle) {
            if (connection.idleUntilNanos() - now <= 0) {
                over.add(connection);
            } else {
                lookAt(connection.idleUntilNanos());
            }
        }
        idle.removeAll(over);
        over.forEach(DirectConnection::end);
    }

    void closed(DirectConnection connection) {
        open.remove(connection);
        idle.remove(connection);
    }

    /** Closes all connections. Called on the event loop. */
    public void close() {
        closed = true;
        looks = false;
        cancel();
        idle.clear();
        List.copyOf(open).forEach(DirectConnection::end);
    }
}

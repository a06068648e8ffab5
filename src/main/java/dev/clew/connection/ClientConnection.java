package dev.clew.connection;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** The state and lifetime of one client connection. Confined to its event loop. */
public final class ClientConnection {

    private static final AttributeKey<@Nullable ClientConnection> KEY = AttributeKey.valueOf("clew.connection");

    /** The neighbours in the list of connections in the same state. */
    @Nullable ClientConnection previous;

    @Nullable ClientConnection next;

    private final Channel channel;
    private final EventLoopConnections loop;
    private ConnectionState state = ConnectionState.SILENT;
    private long since;
    private final long openedAt;
    private final long ageNanos;
    private final long maxRequests;
    private long requests;
    private int inProgress;
    private boolean isTunnel;
    private boolean http2;
    private boolean expiryCounted;
    private @Nullable Http2Drain drain;
    private boolean closed;

    private ClientConnection(Channel channel, EventLoopConnections loop) {
        this.channel = channel;
        this.loop = loop;
        this.since = loop.now();
        this.openedAt = since;
        this.ageNanos = loop.all().life().ageNanos(loop.random());
        this.maxRequests = loop.all().life().maxRequests(loop.random());
    }

    /** Returns the connection of a channel; null if no {@link AcceptGate} admitted it. */
    public static @Nullable ClientConnection of(Channel channel) {
        return channel.attr(KEY).get();
    }

    static ClientConnection begin(Channel channel, EventLoopConnections loop) {
        ClientConnection connection = new ClientConnection(channel, loop);
        channel.attr(KEY).set(connection);
        loop.line(connection.state).add(connection);
        channel.closeFuture().addListener(closing -> connection.unregister());
        return connection;
    }

    /** Returns the time of the last state change, by the event loop's clock. */
    long since() {
        return since;
    }

    /** Restarts the first-byte timeout: a PROXY header or a TLS handshake was read, but no byte of a request. */
    public static void awaitFirstByte(Channel channel) {
        ClientConnection connection = of(channel);
        if (connection != null) {
            connection.enter(ConnectionState.SILENT);
        }
    }

    /** Reports a failed TLS handshake, unless the client sent nothing, as probes of load balancers do. */
    void handshakeFailed(@Nullable Throwable cause) {
        if (state != ConnectionState.SILENT) {
            loop.all().handshakeFailed(HandshakeFailure.of(cause));
        }
    }

    void firstByteReceived() {
        if (state == ConnectionState.SILENT) {
            enter(ConnectionState.UNFINISHED);
        }
    }

    /** Counts a request whose head is complete. Over HTTP/2 several may be in progress. */
    public void requestBegan() {
        requests++;
        if (inProgress++ == 0) {
            enter(ConnectionState.ACTIVE);
        }
    }

    /** Counts the end of a request's response. */
    public void requestEnded() {
        if (inProgress > 0 && --inProgress == 0) {
            enter(ConnectionState.IDLE);
        }
    }

    /** Marks the connection as a tunnel, which counts as active until it closes. */
    public void becomeTunnel() {
        isTunnel = true;
        inProgress = Integer.MAX_VALUE / 2;
        enter(ConnectionState.ACTIVE);
    }

    /** Calls {@link #requestBegan} unless the connection is null. */
    public static void began(@Nullable ClientConnection connection) {
        if (connection != null) {
            connection.requestBegan();
        }
    }

    /** Calls {@link #requestEnded} unless the connection is null. */
    public static void ended(@Nullable ClientConnection connection) {
        if (connection != null) {
            connection.requestEnded();
        }
    }

    /** Calls {@link #becomeTunnel} unless the connection is null. */
    public static void becameTunnel(@Nullable ClientConnection connection) {
        if (connection != null) {
            connection.becomeTunnel();
        }
    }

    /** Marks the connection as HTTP/2. */
    public void markHttp2() {
        http2 = true;
    }

    /**
     * Returns true, and counts the connection as expired, if the current HTTP/1 request must be its last.
     *
     * @return always false over HTTP/2, which announces its end by GOAWAY
     */
    public boolean mustCloseAfterResponse() {
        if (http2 || !isLifeOver()) {
            return false;
        }
        countLifeOver();
        return true;
    }

    private boolean isLifeOver() {
        return requests >= maxRequests || loop.now() - openedAt >= ageNanos;
    }

    private void countLifeOver() {
        if (!expiryCounted) {
            expiryCounted = true;
            loop.all().count(CloseReason.LIFE_OVER);
        }
    }

    /** Advances the close of an expired connection; called periodically. */
    void age() {
        boolean idle = state == ConnectionState.IDLE;
        if (isTunnel || !isLifeOver()) {
            return;
        }
        if (http2) {
            countLifeOver();
            drain();
        } else if (idle && loop.now() - since >= Http2Drain.SECOND_STEP_NANOS) {
            // A connection in use closes with its next response.
            countLifeOver();
            close();
        }
    }

    private void drain() {
        if (drain == null) {
            drain = new Http2Drain(channel, loop.now());
        } else if (drain.advance(
                loop.now(),
                state != ConnectionState.ACTIVE,
                loop.all().life().grace().toNanos())) {
            end(CloseReason.GRACE_OVER);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the close future reports the end
    private void close() {
        channel.close();
    }

    private void enter(ConnectionState next) {
        if (!closed) {
            loop.line(state).remove(this);
            state = next;
            since = loop.now();
            loop.line(state).add(this);
        }
    }

    /** Closes the connection immediately, bypassing all handlers: no message is due. */
    void end(CloseReason reason) {
        loop.all().count(reason);
        unregister();
        channel.unsafe().close(channel.voidPromise());
    }

    private void unregister() {
        if (!closed) {
            closed = true;
            loop.line(state).remove(this);
        }
    }
}

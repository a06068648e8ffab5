package dev.clew.connection;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** One connection of a client, as far as it matters to others. Used on its event loop only. */
public final class ClientConnection {

    private static final AttributeKey<@Nullable ClientConnection> KEY = AttributeKey.valueOf("clew.connection");

    /** Its neighbours in the line of its state. */
    @Nullable ClientConnection before;

    @Nullable ClientConnection behind;

    private final Channel channel;
    private final EventLoopConnections loop;
    private ConnectionState state = ConnectionState.SILENT;
    private long since;
    private final long began;
    private final long ageNanos;
    private final long maxRequests;
    private long requests;
    private int underWay;
    private boolean leftHttp;
    private boolean http2;
    private boolean told;
    private @Nullable Http2Drain finish;
    private boolean closed;

    private ClientConnection(Channel channel, EventLoopConnections loop) {
        this.channel = channel;
        this.loop = loop;
        this.since = loop.now();
        this.began = since;
        this.ageNanos = loop.all().life().ageNanos(loop.random());
        this.maxRequests = loop.all().life().maxRequests(loop.random());
    }

    /** Null for a channel that no {@link AcceptGate} let in. */
    public static @Nullable ClientConnection of(Channel channel) {
        return channel.attr(KEY).get();
    }

    static ClientConnection begin(Channel channel, EventLoopConnections loop) {
        ClientConnection connection = new ClientConnection(channel, loop);
        channel.attr(KEY).set(connection);
        loop.line(connection.state).add(connection);
        channel.closeFuture().addListener(closing -> connection.leave());
        return connection;
    }

    /** When it came into its state, by the clock of its loop. */
    long since() {
        return since;
    }

    /** Nothing of a request has been read, whatever has been read in front of one; its time for that begins. */
    public static void awaitFirstByte(Channel channel) {
        ClientConnection connection = of(channel);
        if (connection != null) {
            connection.enter(ConnectionState.SILENT);
        }
    }

    void firstByteReceived() {
        if (state == ConnectionState.SILENT) {
            enter(ConnectionState.UNFINISHED);
        }
    }

    /** The head of a request is whole. Over HTTP/2 several may be under way. */
    public void requestBegan() {
        requests++;
        if (underWay++ == 0) {
            enter(ConnectionState.ACTIVE);
        }
    }

    /** A request that began has its response. */
    public void requestEnded() {
        if (underWay > 0 && --underWay == 0) {
            enter(ConnectionState.IDLE);
        }
    }

    /** The connection goes on without HTTP, and counts as one on which something is under way to its end. */
    public void leaveHttp() {
        leftHttp = true;
        underWay = Integer.MAX_VALUE / 2;
        enter(ConnectionState.ACTIVE);
    }

    /** {@link #requestBegan}, where there is one. */
    public static void began(@Nullable ClientConnection connection) {
        if (connection != null) {
            connection.requestBegan();
        }
    }

    /** {@link #requestEnded}, where there is one. */
    public static void ended(@Nullable ClientConnection connection) {
        if (connection != null) {
            connection.requestEnded();
        }
    }

    /** {@link #leaveHttp}, where there is one. */
    public static void left(@Nullable ClientConnection connection) {
        if (connection != null) {
            connection.leaveHttp();
        }
    }

    /** It speaks HTTP/2. */
    public void markHttp2() {
        http2 = true;
    }

    /**
     * Tells that the response to the HTTP/1 request that has just begun is to be its last, as its life is over.
     *
     * @return always false over HTTP/2, where that is said by other means
     */
    public boolean mustCloseAfterResponse() {
        if (http2 || !isLifeOver()) {
            return false;
        }
        countLifeOver();
        return true;
    }

    private boolean isLifeOver() {
        return requests >= maxRequests || loop.now() - began >= ageNanos;
    }

    private void countLifeOver() {
        if (!told) {
            told = true;
            loop.all().count(CloseReason.LIFE_OVER);
        }
    }

    /** Brings it nearer to its end, when its life is over; to be called now and then. */
    void age() {
        boolean idle = state == ConnectionState.IDLE;
        if (leftHttp || !isLifeOver()) {
            return;
        }
        if (http2) {
            countLifeOver();
            finish();
        } else if (idle && loop.now() - since >= Http2Drain.SECOND_STEP_NANOS) {
            // One that is in use hears of it with its next response.
            countLifeOver();
            close();
        }
    }

    private void finish() {
        if (finish == null) {
            finish = new Http2Drain(channel, loop.now());
        } else if (finish.goOn(
                loop.now(),
                state != ConnectionState.ACTIVE,
                loop.all().life().grace().toNanos())) {
            end(CloseReason.GRACE_OVER);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the close future tells
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

    /** At once, past all handlers: there is nothing to say. */
    void end(CloseReason reason) {
        loop.all().count(reason);
        leave();
        channel.unsafe().close(channel.voidPromise());
    }

    private void leave() {
        if (!closed) {
            closed = true;
            loop.line(state).remove(this);
        }
    }
}

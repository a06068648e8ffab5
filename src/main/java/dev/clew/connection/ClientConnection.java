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
    private final LoopConnections loop;
    private ConnectionState state = ConnectionState.SILENT;
    private long since;
    private int underWay;
    private boolean closed;

    private ClientConnection(Channel channel, LoopConnections loop) {
        this.channel = channel;
        this.loop = loop;
        this.since = loop.now();
    }

    /** Null for a channel that no {@link AcceptGate} let in. */
    public static @Nullable ClientConnection of(Channel channel) {
        return channel.attr(KEY).get();
    }

    static ClientConnection begin(Channel channel, LoopConnections loop) {
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

    void firstByteCame() {
        if (state == ConnectionState.SILENT) {
            enter(ConnectionState.UNFINISHED);
        }
    }

    /** The head of a request is whole. Over HTTP/2 several may be under way. */
    public void requestBegan() {
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
        underWay = Integer.MAX_VALUE / 2;
        enter(ConnectionState.ACTIVE);
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
    void end(ConnectionEnding reason) {
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

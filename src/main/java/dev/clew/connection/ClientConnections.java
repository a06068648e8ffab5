package dev.clew.connection;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The client connections to a group of ports, counted from accept to close. Safe for several threads.
 *
 * <p>At the limit, a new connection displaces the one that has been {@link ConnectionState#SILENT} longest, then {@link
 * ConnectionState#UNFINISHED}, then {@link ConnectionState#IDLE}, taken from the event loop with the most of them. If
 * all connections are active, the new one is rejected.
 */
public final class ClientConnections {

    /** The bound on connections above the limit while event loops close those displaced. */
    static final int MAX_EXCESS = 32;

    private final ConcurrentMap<EventLoop, EventLoopConnections> loops = new ConcurrentHashMap<>();
    private final LongAdder[] endings = new LongAdder[CloseReason.values().length];
    private final LongAdder acceptFailures = new LongAdder();
    private final AtomicInteger open = new AtomicInteger();
    private final LongSupplier nanoTime;
    private final long firstByteNanos;
    private final ConnectionLifetime life;
    private final List<AcceptGate> gates = new CopyOnWriteArrayList<>();
    private volatile int most = Integer.MAX_VALUE;
    private volatile int descriptors = FileDescriptors.UNKNOWN;
    private volatile int reserve;
    private volatile boolean rejecting;
    private volatile Consumer<HandshakeFailure> handshakes = failure -> {};

    /**
     * @param firstByte the timeout from accept to the first byte, and over TLS again from the handshake to the first
     *     byte
     * @param nanoTime a clock with the semantics of {@link System#nanoTime}
     */
    public ClientConnections(Duration firstByte, ConnectionLifetime life, LongSupplier nanoTime) {
        this.firstByteNanos = firstByte.toNanos();
        this.life = life;
        this.nanoTime = nanoTime;
        Arrays.setAll(endings, reason -> new LongAdder());
    }

    /**
     * Sets the limits.
     *
     * @param most the limit on open connections; from 1
     * @param descriptors the process's limit on file descriptors
     * @param reserve the number of file descriptors that connections leave unused
     */
    public void bound(int most, int descriptors, int reserve) {
        this.most = most;
        this.descriptors = descriptors;
        this.reserve = reserve;
    }

    /** Returns the limit on open connections. */
    public int most() {
        return most;
    }

    /** Returns the number of open connections, including those about to be closed. */
    public int open() {
        return open.get();
    }

    /** Returns the number of open connections in a state. */
    public int in(ConnectionState state) {
        int sum = 0;
        for (EventLoopConnections loop : loops.values()) {
            sum += loop.line(state).size();
        }
        return sum;
    }

    /** Returns the number of connections rejected or closed for a reason since the start. */
    public long ended(CloseReason reason) {
        return endings[reason.ordinal()].sum();
    }

    /** Returns the number of failed accepts since the start. */
    public long acceptFailures() {
        return acceptFailures.sum();
    }

    /** Sets the receiver of failed TLS handshakes; it is called on event loops, and must not block. */
    public void whenHandshakeFails(Consumer<HandshakeFailure> receiver) {
        handshakes = receiver;
    }

    void handshakeFailed(HandshakeFailure reason) {
        handshakes.accept(reason);
    }

    /** Sets whether new connections are closed immediately. */
    public void rejectNew(boolean reject) {
        rejecting = reject;
    }

    /**
     * Closes the connections that have waited longest for a request: silent ones first, then those with an unfinished
     * first head.
     *
     * @param most the bound on connections closed
     * @return the number of connections closed
     */
    public int shedSilent(int most) {
        int shed = 0;
        while (shed < most && (shed(ConnectionState.SILENT) || shed(ConnectionState.UNFINISHED))) {
            shed++;
        }
        return shed;
    }

    /**
     * Admits an accepted connection and counts it until its close. Called on the acceptor's thread.
     *
     * @return the reason for rejecting it; null if admitted
     */
    @Nullable CloseReason admit(Channel child) {
        if (rejecting) {
            return CloseReason.REFUSED_OVERLOAD;
        }
        if (FileDescriptors.isInReserve(child, reserve, descriptors)) {
            makeRoom();
            return CloseReason.REFUSED_DESCRIPTORS;
        }
        int excess = open.incrementAndGet() - most;
        if (excess > 0 && (excess > MAX_EXCESS || !makeRoom())) {
            open.decrementAndGet();
            return CloseReason.REFUSED_FULL;
        }
        child.closeFuture().addListener(closed -> open.decrementAndGet());
        return null;
    }

    /** Closes one connection that is not active. Returns false if there is none. */
    boolean makeRoom() {
        return shed(ConnectionState.SILENT) || shed(ConnectionState.UNFINISHED) || shed(ConnectionState.IDLE);
    }

    private boolean shed(ConnectionState state) {
        EventLoopConnections fullest = null;
        int most = 0;
        for (EventLoopConnections loop : loops.values()) {
            if (loop.closable(state) > most) {
                fullest = loop;
                most = loop.closable(state);
            }
        }
        if (fullest == null) {
            return false;
        }
        fullest.closeLongest(state, CloseReason.shed(state));
        return true;
    }

    EventLoopConnections on(EventLoop loop) {
        EventLoopConnections known = loops.get(loop);
        return known != null
                ? known
                : loops.computeIfAbsent(loop, begun -> new EventLoopConnections(begun, this, nanoTime));
    }

    long firstByteNanos() {
        return firstByteNanos;
    }

    ConnectionLifetime life() {
        return life;
    }

    void opened(AcceptGate gate) {
        gates.add(gate);
    }

    /** Accepts the pending connections and closes the ports until the next start; open connections continue. */
    public void stopAccepting() {
        gates.forEach(AcceptGate::stop);
        gates.clear();
    }

    /** Closes all connections, active ones included, at the gateway's shutdown. */
    public void closeAll() {
        loops.values().forEach(loop -> loop.closeAll(CloseReason.SHUTDOWN));
    }

    void count(CloseReason reason) {
        endings[reason.ordinal()].increment();
    }

    void countAcceptFailure() {
        acceptFailures.increment();
    }
}

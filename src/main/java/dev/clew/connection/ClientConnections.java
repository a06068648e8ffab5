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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All connections of clients to some of the gateway's ports, counted from accept to close. By any thread.
 *
 * <p>Where there are as many as may be, a new one has the one closed that has been {@link ConnectionState#SILENT}
 * longest, or else {@link ConnectionState#UNFINISHED}, or else {@link ConnectionState#IDLE}: on the event loop that has
 * most of them. Where requests are under way on all of them, the new one is refused.
 */
public final class ClientConnections {

    /** The most connections beyond the bound, for the moment in which event loops close those that make room. */
    static final int MOST_EXCESS = 32;

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
    private volatile boolean refusing;

    /**
     * @param firstByte the most time from accept to the first byte, and over TLS from the handshake to the first byte
     *     again
     * @param nanoTime as {@link System#nanoTime}
     */
    public ClientConnections(Duration firstByte, ConnectionLifetime life, LongSupplier nanoTime) {
        this.firstByteNanos = firstByte.toNanos();
        this.life = life;
        this.nanoTime = nanoTime;
        Arrays.setAll(endings, reason -> new LongAdder());
    }

    /**
     * Bounds them from now on.
     *
     * @param most how many may be open; from 1
     * @param descriptors how many the process may have
     * @param reserve how many of these the connections leave alone
     */
    public void bound(int most, int descriptors, int reserve) {
        this.most = most;
        this.descriptors = descriptors;
        this.reserve = reserve;
    }

    /** The most that may be open. */
    public int most() {
        return most;
    }

    /** Returns the number of open ones, including those whose end has been ordered. */
    public int open() {
        return open.get();
    }

    /** Returns the number of open ones in a state. */
    public int in(ConnectionState state) {
        int sum = 0;
        for (EventLoopConnections loop : loops.values()) {
            sum += loop.line(state).size();
        }
        return sum;
    }

    /** Returns the number of those refused or ended for a reason, since the start. */
    public long ended(CloseReason reason) {
        return endings[reason.ordinal()].sum();
    }

    /** Returns how often the system gave none of those that waited, since the start. */
    public long acceptFailures() {
        return acceptFailures.sum();
    }

    /** Closes new connections at once, or takes them again. */
    public void refuseNew(boolean refuse) {
        refusing = refuse;
    }

    /**
     * Has those closed on which no request has come for longest: silent ones, then those with unfinished first heads.
     *
     * @return how many, up to the most
     */
    public int shedSilent(int most) {
        int shed = 0;
        while (shed < most && (shed(ConnectionState.SILENT) || shed(ConnectionState.UNFINISHED))) {
            shed++;
        }
        return shed;
    }

    /**
     * Lets in one that has just been accepted, and counts it to its close; else says why not. On the acceptor's thread.
     */
    @Nullable CloseReason admit(Channel child) {
        if (refusing) {
            return CloseReason.REFUSED_OVERLOAD;
        }
        if (FileDescriptors.isInReserve(child, reserve, descriptors)) {
            makeRoom();
            return CloseReason.REFUSED_DESCRIPTORS;
        }
        int excess = open.incrementAndGet() - most;
        if (excess > 0 && (excess > MOST_EXCESS || !makeRoom())) {
            open.decrementAndGet();
            return CloseReason.REFUSED_FULL;
        }
        child.closeFuture().addListener(closed -> open.decrementAndGet());
        return null;
    }

    /** Has one closed, if any can be. */
    boolean makeRoom() {
        return shed(ConnectionState.SILENT) || shed(ConnectionState.UNFINISHED) || shed(ConnectionState.IDLE);
    }

    private boolean shed(ConnectionState state) {
        EventLoopConnections fullest = null;
        int left = 0;
        for (EventLoopConnections loop : loops.values()) {
            if (loop.left(state) > left) {
                fullest = loop;
                left = loop.left(state);
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

    /**
     * Lets in all that wait, and closes the ports; those that are open go on. The ports open again only with a new
     * start.
     */
    public void stopAccepting() {
        gates.forEach(AcceptGate::stop);
        gates.clear();
    }

    /** Closes all of them, whatever is under way: the gateway ends. */
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

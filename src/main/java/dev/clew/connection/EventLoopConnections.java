package dev.clew.connection;

import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The connections of one event loop. Changed on it only. */
final class EventLoopConnections {

    /** The precision of connections' deadlines. */
    static final long TICK_MILLIS = 250;

    /** The ages of all are looked at once a second. */
    private static final int TICKS_OF_AGE = 4;

    private final EventLoop loop;
    private final ClientConnections all;
    private final LongSupplier nanoTime;
    private final Line[] lines = new Line[ConnectionState.values().length];
    private final SplittableRandom jitter = new SplittableRandom();
    private long now;
    private int ticks;

    /** The connections in a state, and how many of these are to be closed by tasks that have not run yet. */
    private record Line(ConnectionList connections, AtomicInteger closing) {}

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the event loop
    EventLoopConnections(EventLoop loop, ClientConnections all, LongSupplier nanoTime) {
        this.loop = loop;
        this.all = all;
        this.nanoTime = nanoTime;
        this.now = nanoTime.getAsLong();
        Arrays.setAll(lines, state -> new Line(new ConnectionList(), new AtomicInteger()));
        loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    ClientConnections all() {
        return all;
    }

    /** As of the latest tick, in nanoseconds. */
    long now() {
        return now;
    }

    /** From 0 to below 1. */
    double random() {
        return jitter.nextDouble();
    }

    ConnectionList line(ConnectionState state) {
        return lines[state.ordinal()].connections;
    }

    /** Returns the number in this state that nobody has closing closed yet; by any thread. */
    int left(ConnectionState state) {
        Line line = lines[state.ordinal()];
        return line.connections.size() - line.closing.get();
    }

    /** Has the one closed that has been in this state longest; by any thread. */
    void closeLongest(ConnectionState state, CloseReason reason) {
        Line line = lines[state.ordinal()];
        line.closing.incrementAndGet();
        loop.execute(() -> {
            line.closing.decrementAndGet();
            ClientConnection longest = line.connections.first();
            if (longest != null) {
                longest.end(reason);
            }
        });
    }

    /** Has all of them closed, whatever is under way; by any thread. */
    void closeAll(CloseReason reason) {
        loop.execute(() -> {
            for (Line line : lines) {
                for (ClientConnection next = line.connections.first(); next != null; next = line.connections.first()) {
                    next.end(reason);
                }
            }
        });
    }

    private void tick() {
        now = nanoTime.getAsLong();
        ConnectionList silent = line(ConnectionState.SILENT);
        // Who came first is late first: all have the same time.
        for (ClientConnection next = silent.first();
                next != null && now - next.since() > all.firstByteNanos();
                next = silent.first()) {
            next.end(CloseReason.FIRST_BYTE);
        }
        if (++ticks % TICKS_OF_AGE == 0) {
            ageAll(line(ConnectionState.IDLE));
            ageAll(line(ConnectionState.ACTIVE));
        }
    }

    private static void ageAll(ConnectionList line) {
        ClientConnection next = line.first();
        while (next != null) {
            ClientConnection behind = next.behind;
            next.age();
            next = behind;
        }
    }
}

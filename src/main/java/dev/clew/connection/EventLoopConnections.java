package dev.clew.connection;

import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The connections of one event loop. Confined to it, except where stated. */
final class EventLoopConnections {

    /** The resolution of connection deadlines. */
    static final long TICK_MILLIS = 250;

    /** The ticks between checks of connections' ages: once a second. */
    private static final int TICKS_OF_AGE = 4;

    private final EventLoop loop;
    private final ClientConnections all;
    private final LongSupplier nanoTime;
    private final Line[] lines = new Line[ConnectionState.values().length];
    private final SplittableRandom jitter = new SplittableRandom();
    private long now;
    private int ticks;

    /** The connections in a state, and the number of close tasks not yet run for it. */
    private record Line(ConnectionList connections, AtomicInteger closing) {}

    @SuppressWarnings("FutureReturnValueIgnored") // the task ends with the event loop
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

    /** Returns the time of the latest tick, in nanoseconds. */
    long now() {
        return now;
    }

    /** Returns a random number from 0 to below 1. */
    double random() {
        return jitter.nextDouble();
    }

    ConnectionList line(ConnectionState state) {
        return lines[state.ordinal()].connections;
    }

    /** Returns the number of connections in a state without a pending close. Callable by any thread. */
    int closable(ConnectionState state) {
        Line line = lines[state.ordinal()];
        return line.connections.size() - line.closing.get();
    }

    /** Closes the connection that has been in a state longest. Callable by any thread. */
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

    /** Closes all connections, active ones included. Callable by any thread. */
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
        // In order of arrival, as all have the same timeout.
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
            ClientConnection following = next.next;
            next.age();
            next = following;
        }
    }
}

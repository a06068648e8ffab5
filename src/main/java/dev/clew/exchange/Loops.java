package dev.clew.exchange;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The event loops that have served a request so far. */
public final class Loops {

    private final Vertx vertx;
    private final ConcurrentMap<EventLoop, Loop> loops = new ConcurrentHashMap<>();
    private final Queue<Long> timers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger nextIndex = new AtomicInteger();

    public Loops(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Returns the current event loop's state. Must be called on an event loop. */
    public Loop current() {
        Context context = vertx.getOrCreateContext();
        EventLoop eventLoop = ((ContextInternal) context).nettyEventLoop();
        Loop known = loops.get(eventLoop);
        return known != null ? known : loops.computeIfAbsent(eventLoop, this::begin);
    }

    /** Cancels the timers on the event loops, which outlive this gateway when it is reloaded in development. */
    public void close() {
        timers.forEach(vertx::cancelTimer);
    }

    private Loop begin(EventLoop eventLoop) {
        Deadlines deadlines = new Deadlines();
        timers.add(vertx.setPeriodic(Deadlines.TICK.toMillis(), timer -> deadlines.expire(System.nanoTime())));
        return new Loop(nextIndex.getAndIncrement(), deadlines);
    }
}

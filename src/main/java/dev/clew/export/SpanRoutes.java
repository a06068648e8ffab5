package dev.clew.export;

import dev.clew.export.queue.QueuedSpan;
import dev.clew.export.queue.SpanSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sinks for lists of destination names. The lists are those of the configuration, so they are few. */
final class SpanRoutes {

    private final ConcurrentHashMap<List<String>, Sinks> routes = new ConcurrentHashMap<>();
    private final LongAdder offered = new LongAdder();

    /** The targets of one list; a span costs one addition and an array iteration. */
    private final class Sinks implements SpanSink {
        private volatile SpanSink[] targets = {};

        @Override
        public void offer(QueuedSpan span) {
            SpanSink[] all = targets;
            if (all.length > 0) {
                offered.increment();
            }
            for (SpanSink target : all) {
                target.offer(span);
            }
        }

        void route(List<String> names, Function<String, @Nullable SpanSink> destination) {
            List<SpanSink> sinks = new ArrayList<>();
            for (String name : new LinkedHashSet<>(names)) {
                @Nullable SpanSink sink = destination.apply(name);
                if (sink != null) {
                    sinks.add(sink);
                }
            }
            targets = sinks.toArray(new SpanSink[0]);
        }
    }

    /** Returns the sink of a known list; null if it is new. */
    @Nullable SpanSink find(List<String> names) {
        return routes.get(names);
    }

    /** @param destination returns the sink for a name; null if it is switched off */
    SpanSink to(List<String> names, Function<String, @Nullable SpanSink> destination) {
        return routes.computeIfAbsent(List.copyOf(names), list -> {
            Sinks sinks = new Sinks();
            sinks.route(list, destination);
            return sinks;
        });
    }

    /** Drops all routes except these lists and one that is always in use. */
    void retain(Collection<List<String>> lists, List<String> always) {
        routes.keySet().removeIf(list -> !list.equals(always) && !lists.contains(list));
    }

    /** Updates all routes after a change of the destinations. */
    void refresh(Function<String, @Nullable SpanSink> destination) {
        routes.forEach((names, sinks) -> sinks.route(names, destination));
    }

    /**
     * Returns the number of spans offered so far; each counts once, regardless of the number of its destinations, and
     * not at all without one.
     */
    long offered() {
        return offered.sum();
    }
}

package dev.clew.export;

import dev.clew.export.queue.FinishedSpan;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.settings.Environment;
import dev.clew.export.settings.SettingProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which destinations each list of names stands for. The lists are those of the configuration, so they are few. */
final class SpanRoutes {

    private final ConcurrentHashMap<List<String>, Sinks> routes = new ConcurrentHashMap<>();
    private final LongAdder offered = new LongAdder();

    /** A span pays one addition and a walk over an array here. */
    private final class Sinks implements SpanSink {
        private volatile SpanSink[] targets = {};

        @Override
        public void offer(FinishedSpan span) {
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

    /** @param destination by name; null when it takes nothing */
    SpanSink to(List<String> names, Function<String, @Nullable SpanSink> destination) {
        return routes.computeIfAbsent(List.copyOf(names), list -> {
            Sinks sinks = new Sinks();
            sinks.route(list, destination);
            return sinks;
        });
    }

    /** Only these lists, and one that always is, are used from now on. */
    void retain(Collection<List<String>> lists, List<String> always) {
        routes.keySet().removeIf(list -> !list.equals(always) && !lists.contains(list));
    }

    /** The destinations have changed. */
    void refresh(Function<String, @Nullable SpanSink> destination) {
        routes.forEach((names, sinks) -> sinks.route(names, destination));
    }

    /** Every name in any list. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        routes.keySet().forEach(names::addAll);
        return names;
    }

    /** Spans offered so far; each once, however many destinations it goes to, and none that goes nowhere. */
    long offered() {
        return offered.sum();
    }

    /**
     * Problems with names of destinations that do not exist.
     *
     * @param isOff returns true for the name of a destination that is switched off, which is no problem
     */
    List<SettingProblem> unknown(Set<String> destinations, Predicate<String> isOff) {
        return names().stream()
                .filter(name -> !destinations.contains(name) && !isOff.test(name))
                .map(name -> new SettingProblem(
                        "tracing.export-to",
                        Environment.shown(name) + " is no destination (expected: " + String.join(", ", destinations)
                                + "); spans for it are dropped"))
                .toList();
    }
}

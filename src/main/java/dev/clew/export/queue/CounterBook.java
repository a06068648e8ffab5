package dev.clew.export.queue;

import dev.clew.export.settings.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The counters of all present and former destinations, by signal and name. */
public final class CounterBook {

    private record Key(Signal signal, String name) {}

    private final Map<Key, ExportCounters> byName = new LinkedHashMap<>();
    private final List<Consumer<ExportCounters>> readers = new ArrayList<>();

    public synchronized ExportCounters of(Signal signal, String name) {
        Key key = new Key(signal, name);
        @Nullable ExportCounters found = byName.get(key);
        if (found != null) {
            return found;
        }
        ExportCounters counters = new ExportCounters(signal, name);
        byName.put(key, counters);
        readers.forEach(reader -> reader.accept(counters));
        return counters;
    }

    /** Returns the number of items dropped for a reason under a name; 0 for an unknown name. */
    public synchronized long dropped(Signal signal, String name, DropReason reason) {
        @Nullable ExportCounters found = byName.get(new Key(signal, name));
        return found == null ? 0 : found.dropped(reason);
    }

    /** Passes all counters to the reader, and later ones as they are created. */
    public synchronized void forEach(Consumer<ExportCounters> reader) {
        byName.values().forEach(reader);
        readers.add(reader);
    }
}

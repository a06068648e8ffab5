package dev.clew.tenant.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Names by which a host may end, found without cutting the host up: a hash is built from the host's end to its start,
 * and is the hash of a suffix at every dot.
 */
final class SuffixTable<T> {

    private final long[] hashes;
    private final @Nullable String[] names;
    private final List<@Nullable T> values = new ArrayList<>();
    private final int mask;

    /**
     * Odd and unpredictable: a tenant must not be able to choose names that collide and slow down the others' look-ups.
     */
    private final long multiplier = ThreadLocalRandom.current().nextLong() | 1;

    SuffixTable(Map<String, T> entries) {
        // At most half full, so that an empty slot ends every search soon.
        int slots = Integer.highestOneBit(Math.max(2, entries.size()) * 2 - 1) << 1;
        this.mask = slots - 1;
        this.hashes = new long[slots];
        this.names = new String[slots];
        for (int i = 0; i < slots; i++) {
            values.add(null);
        }
        entries.forEach(this::put);
    }

    /** The value of the longest name such that the host is one or more labels, a dot and the name. */
    @Nullable T find(String host) {
        T longest = null;
        long hash = 0;
        for (int i = host.length() - 1; i > 0; i--) {
            char c = host.charAt(i);
            if (c == '.') {
                int slot = slot(hash, host, i + 1);
                T value = values.get(slot);
                longest = value == null ? longest : value;
            }
            hash = (hash + c) * multiplier;
        }
        return longest;
    }

    private void put(String name, T value) {
        long hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            hash = (hash + name.charAt(i)) * multiplier;
        }
        int slot = slot(hash, name, 0);
        hashes[slot] = hash;
        names[slot] = name;
        values.set(slot, value);
    }

    /**
     * The slot of the name that is the rest of {@code text} from {@code start}, or the empty slot where it would be.
     */
    private int slot(long hash, String text, int start) {
        // The low bits of a product depend on the low bits of its factors only; the high ones on all.
        int slot = (int) ((hash >>> 32) ^ (hash >>> 12)) & mask;
        while (true) {
            String name = names[slot];
            if (name == null || (hashes[slot] == hash && isRest(name, text, start))) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    private static boolean isRest(String name, String text, int start) {
        return name.length() == text.length() - start && text.startsWith(name, start);
    }
}

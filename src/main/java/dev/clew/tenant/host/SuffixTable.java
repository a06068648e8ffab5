package dev.clew.tenant.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A look-up table of host suffixes that needs no substrings: a hash is computed from the host's end to its start and
 * is, at every dot, the hash of a suffix.
 */
final class SuffixTable<T> {

    private final long[] hashes;
    private final @Nullable String[] names;
    private final List<@Nullable T> values = new ArrayList<>();
    private final int mask;

    /**
     * Odd and unpredictable: a tenant must not be able to choose names that collide and slow down the look-ups of
     * others.
     */
    private final long multiplier = ThreadLocalRandom.current().nextLong() | 1;

    SuffixTable(Map<String, T> entries) {
        // At most half full, so that every probe soon reaches an empty slot.
        int slots = Integer.highestOneBit(Math.max(2, entries.size()) * 2 - 1) << 1;
        this.mask = slots - 1;
        this.hashes = new long[slots];
        this.names = new String[slots];
        for (int i = 0; i < slots; i++) {
            values.add(null);
        }
        entries.forEach(this::put);
    }

    /**
     * Returns the value of the longest name such that the host is one or more labels, a dot and the name; null if there
     * is none.
     */
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

    /** Returns the slot of the name that equals {@code text} from {@code start}, or the empty slot where it belongs. */
    private int slot(long hash, String text, int start) {
        // The low bits of a product depend only on the low bits of its factors; the high ones depend on all.
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

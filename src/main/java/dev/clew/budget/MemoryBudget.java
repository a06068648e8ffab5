package dev.clew.budget;

/**
 * Derives the memory budget from the available memory; docs/limits.md has the calculation. Held bytes may lie in the
 * heap or in direct memory, so the smaller allowance decides.
 */
public final class MemoryBudget {

    private static final int PERCENT_OF_HEAP = 40;
    private static final int PERCENT_OF_DIRECT = 75;
    private static final int PERCENT = 100;

    private MemoryBudget() {}

    /**
     * Returns the budget in bytes. The rest of the heap is for an idle gateway's needs and for garbage.
     *
     * @param heap the heap's maximum size in bytes
     * @param direct the maximum size of direct memory in bytes
     */
    public static long of(long heap, long direct) {
        return Math.max(1, Math.min(heap / PERCENT * PERCENT_OF_HEAP, direct / PERCENT * PERCENT_OF_DIRECT));
    }
}

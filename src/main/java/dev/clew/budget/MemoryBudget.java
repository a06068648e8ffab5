package dev.clew.budget;

/**
 * The bytes that may be held, by the memory there is: docs/limits.md has the sum. Any of them may lie in the heap or
 * beside it, so the smaller of the two decides.
 */
public final class MemoryBudget {

    private static final int PERCENT_OF_HEAP = 40;
    private static final int PERCENT_OF_DIRECT = 75;
    private static final int PERCENT = 100;

    private MemoryBudget() {}

    /**
     * The rest of the heap is for what a gateway without load needs, and for what is garbage soon.
     *
     * @param heap the most bytes of the heap
     * @param direct the most bytes of buffers outside of it
     */
    public static long of(long heap, long direct) {
        return Math.max(1, Math.min(heap / PERCENT * PERCENT_OF_HEAP, direct / PERCENT * PERCENT_OF_DIRECT));
    }
}

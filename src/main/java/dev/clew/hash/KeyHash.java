package dev.clew.hash;

/**
 * Weighted rendezvous hashing (Thaler and Ravishankar 1998; Schindelhauer and Schomaker 2005 for the weights): each
 * candidate scores a request's key, and the highest score wins.
 */
public final class KeyHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private KeyHash() {}

    /** Returns FNV-1a over the characters, mixed because its upper bits are poor for short texts. */
    public static long of(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    /**
     * Returns a candidate's score.
     *
     * @param weight 0 or more; the candidate's share of the keys is its part of the sum of all weights
     * @param key hash of the request's key
     * @param candidate hash of the candidate's name
     */
    public static double score(double weight, long key, long candidate) {
        return weight / -Math.log(fraction(mixed(key ^ candidate)));
    }

    /** Returns a number between 0 and 1, exclusive; 53 bits would round up to 1. */
    static double fraction(long hash) {
        return ((hash >>> 12) + 0.5) * 0x1p-52;
    }

    /**
     * Applies the finalizer of SplitMix64 (Steele, Lea and Flood 2014): each bit of the input changes half of the
     * output's.
     */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

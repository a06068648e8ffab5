package dev.clew.config.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Applies a function to many items on all processors, and waits. */
final class Parallel {

    /** Items for which a thread is worth its start. */
    private static final int SHARE = 64;

    private Parallel() {}

    /** Returns the results in the order of the items. The first failure ends the call. */
    static <T, R> List<R> map(Collection<T> items, Function<T, R> function) {
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), items.size() / SHARE);
        if (threads < 2) {
            return items.stream().map(function).toList();
        }
        // Not the common pool: its threads have another class loader.
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<R>>> shares = new ArrayList<>();
            for (List<T> share : shares(List.copyOf(items))) {
                shares.add(workers.submit(() -> share.stream().map(function).toList()));
            }
            List<R> results = new ArrayList<>(items.size());
            for (Future<List<R>> share : shares) {
                results.addAll(share.get());
            }
            return results;
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            workers.shutdownNow();
        }
    }

    private static <T> List<List<T>> shares(List<T> items) {
        List<List<T>> shares = new ArrayList<>();
        for (int from = 0; from < items.size(); from += SHARE) {
            shares.add(items.subList(from, Math.min(items.size(), from + SHARE)));
        }
        return shares;
    }
}

package dev.clew.api;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One {@code GET} of the API.
 *
 * @param path with {@code :name} for variable parts
 * @param parameters names of the query's parameters
 * @param read returns this replica's part, JSON; null if it has none. May block
 * @param merge how the replicas' parts become one; null if any replica's is the whole
 */
record Endpoint(
        String path, Set<String> parameters, Function<ApiRequest, @Nullable Object> read, @Nullable Merge merge) {

    /** Makes one response of several replicas' parts. */
    interface Merge {

        /** @param parts at least one, this replica's first if it has any */
        Object merge(ApiRequest request, List<Object> parts);

        /** Returns whether the response has a member with the replicas; otherwise only a field counts them. */
        default boolean tellsReplicas() {
            return true;
        }

        /** Returns whether the others are asked only if this replica has no part. */
        default boolean waitsForOwn() {
            return false;
        }
    }

    /** Returns an endpoint whose response is the same from every replica. */
    static Endpoint local(String path, Set<String> parameters, Function<ApiRequest, @Nullable Object> read) {
        return new Endpoint(path, parameters, read, null);
    }

    /** Returns an endpoint whose response is of all replicas. */
    static Endpoint joint(
            String path, Set<String> parameters, Function<ApiRequest, @Nullable Object> read, Merge merge) {
        return new Endpoint(path, parameters, read, merge);
    }
}

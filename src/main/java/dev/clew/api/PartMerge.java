package dev.clew.api;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one response of this replica's part and the others'. */
final class PartMerge {

    private PartMerge() {}

    /**
     * A response.
     *
     * @param body JSON
     */
    record Whole(String body, Replicas replicas) {}

    /**
     * Merges the parts; one that is not as expected, such as of another version, costs its own replica's part only.
     *
     * @param own this replica's, or empty
     * @throws ApiFailure if nothing is known
     */
    static Whole of(Endpoint endpoint, ApiRequest request, List<Object> own, Peers.Parts others) {
        Endpoint.@Nullable Merge merge = endpoint.merge();
        if (merge == null || others.bodies().isEmpty()) {
            return whole(merge, request, own, others.replicas());
        }
        try {
            return whole(merge, request, parts(own, others.bodies()), others.replicas());
        } catch (ClassCastException | NullPointerException | IllegalArgumentException unexpected) {
            return withoutUnexpected(merge, request, own, others);
        }
    }

    private static Whole withoutUnexpected(
            Endpoint.Merge merge, ApiRequest request, List<Object> own, Peers.Parts others) {
        List<PeerPart> usable = new ArrayList<>();
        List<Replicas.Missing> missing = new ArrayList<>();
        for (PeerPart part : others.bodies()) {
            try {
                merge.merge(request, parts(own, List.of(part)));
                usable.add(part);
            } catch (ClassCastException | NullPointerException | IllegalArgumentException unexpected) {
                missing.add(new Replicas.Missing(part.replica(), "unexpected JSON"));
            }
        }
        return whole(merge, request, parts(own, usable), others.replicas().without(missing));
    }

    private static List<Object> parts(List<Object> own, List<PeerPart> others) {
        List<Object> parts = new ArrayList<>(own);
        others.forEach(part -> parts.add(part.body()));
        return parts;
    }

    private static Whole whole(
            Endpoint.@Nullable Merge merge, ApiRequest request, List<Object> parts, Replicas replicas) {
        if (parts.isEmpty()) {
            throw notFound(replicas);
        }
        Object whole = merge == null ? parts.get(0) : merge.merge(request, parts);
        if (whole instanceof JsonObject object) {
            boolean tells = merge != null && merge.tellsReplicas();
            return new Whole((tells ? object.put("replicas", replicas.json()) : object).encode(), replicas);
        }
        return new Whole(whole.toString(), replicas);
    }

    private static ApiFailure notFound(Replicas replicas) {
        return ApiFailure.notFound(
                replicas.missing().isEmpty()
                        ? "Nothing is known of it."
                        : "Nothing is known of it, but " + replicas.missing().size()
                                + " replicas did not respond; clew-replicas counts them.");
    }

    /** Merges by taking the first part: what one replica has, no other has. */
    record OneOf() implements Endpoint.Merge {

        @Override
        public Object merge(ApiRequest request, List<Object> parts) {
            return (JsonObject) parts.get(0);
        }

        @Override
        public boolean tellsReplicas() {
            return false;
        }

        @Override
        public boolean waitsForOwn() {
            return true;
        }
    }
}

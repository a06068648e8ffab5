package dev.clew.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The completeness of a response.
 *
 * @param asked this replica included
 * @param missing those that did not respond
 */
record Replicas(int asked, List<Missing> missing) {

    /** This replica alone. */
    static final Replicas SELF = new Replicas(1, List.of());

    /**
     * A replica that did not respond.
     *
     * @param replica its address
     * @param why in a few words, without text of the replica's
     */
    record Missing(String replica, String why) {}

    Replicas {
        missing = List.copyOf(missing);
    }

    /** Returns the same with more that are missing, of those asked. */
    Replicas without(List<Missing> more) {
        List<Missing> all = new ArrayList<>(missing);
        all.addAll(more);
        return new Replicas(asked, all);
    }

    JsonObject json() {
        JsonArray gone = new JsonArray();
        missing.forEach(
                one -> gone.add(new JsonObject().put("replica", one.replica).put("why", one.why)));
        return new JsonObject()
                .put("asked", asked)
                .put("answered", asked - missing.size())
                .put("missing", gone);
    }

    /** Returns the value of a response field. */
    String text() {
        return "asked=" + asked + ", answered=" + (asked - missing.size());
    }
}

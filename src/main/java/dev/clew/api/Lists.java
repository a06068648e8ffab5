package dev.clew.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Merges lists of several replicas: one after the other. */
record Lists(String name) implements Endpoint.Merge {

    @Override
    public Object merge(ApiRequest request, List<Object> parts) {
        JsonObject merged = ((JsonObject) parts.get(0)).copy();
        JsonArray all = new JsonArray();
        for (Object part : parts) {
            all.addAll(((JsonObject) part).getJsonArray(name, new JsonArray()));
        }
        return merged.put(name, all);
    }
}

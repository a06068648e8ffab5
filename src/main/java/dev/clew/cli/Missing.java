package dev.clew.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Reports replicas that did not respond: what they know is not shown. */
final class Missing {

    private Missing() {}

    static void report(JsonObject response, Printer output) {
        JsonObject replicas = response.getJsonObject("replicas", new JsonObject());
        JsonArray missing = replicas.getJsonArray("missing", new JsonArray());
        for (int i = 0; i < missing.size(); i++) {
            JsonObject one = missing.getJsonObject(i);
            output.err()
                    .println("replica " + one.getString("replica", "?") + " did not respond: "
                            + one.getString("why", "?"));
        }
    }
}

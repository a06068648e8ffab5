package dev.clew.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decision trails as text. */
final class Trails {

    private static final String INDENT = "  ";

    private Trails() {}

    /** Returns a line for each step of the object's {@code trail}. */
    static List<String> lines(JsonObject object) {
        Table table = new Table();
        JsonArray trail = object.getJsonArray("trail", new JsonArray());
        for (int i = 0; i < trail.size(); i++) {
            JsonObject step = trail.getJsonObject(i);
            @Nullable String at = Millis.of(step, "atMs");
            String why = step.getString("why", "");
            table.row(
                    INDENT + step.getString("step", ""),
                    step.getString("verdict", ""),
                    (at == null ? "" : at + (why.isEmpty() ? "" : ": ")) + why);
        }
        return table.lines();
    }
}

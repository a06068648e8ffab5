package dev.clew.contract.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as the echo upstream received it.
 *
 * @param headers all lines in order, names as received
 */
public record Seen(String method, String uri, List<Map.Entry<String, String>> headers, String body) {

    static Seen of(HttpServerRequest request, Buffer body) {
        List<Map.Entry<String, String>> headers = request.headers().entries().stream()
                .map(header -> Map.entry(header.getKey(), header.getValue()))
                .toList();
        return new Seen(request.method().name(), request.uri(), headers, body.toString());
    }

    /** Parses the output of {@link #json}. */
    public static Seen parse(String json) {
        JsonObject seen = new JsonObject(json);
        List<Map.Entry<String, String>> headers = seen.getJsonArray("headers").stream()
                .map(JsonArray.class::cast)
                .map(line -> Map.entry(line.getString(0), line.getString(1)))
                .toList();
        return new Seen(seen.getString("method"), seen.getString("uri"), headers, seen.getString("body"));
    }

    String json() {
        JsonArray lines = new JsonArray();
        headers.forEach(line -> lines.add(new JsonArray().add(line.getKey()).add(line.getValue())));
        return new JsonObject()
                .put("method", method)
                .put("uri", uri)
                .put("headers", lines)
                .put("body", body)
                .encode();
    }

    public List<String> all(String name) {
        return headers.stream()
                .filter(line -> line.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Returns the value of a field that must occur exactly once. */
    public String one(String name) {
        List<String> values = all(name);
        assertEquals(1, values.size(), () -> name + " of " + headers);
        return values.get(0);
    }

    public List<String> names() {
        return headers.stream()
                .map(line -> line.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.toList());
    }
}

package dev.clew.contract.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.server.Seen;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A response as received. */
public record RawResponse(
        String statusLine,
        int status,
        List<Map.Entry<String, String>> headers,
        String body,
        List<Map.Entry<String, String>> trailers) {

    public List<String> all(String name) {
        return headers.stream()
                .filter(line -> line.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Returns the value of a field that must occur exactly once. */
    public String one(String name) {
        List<String> values = all(name);
        assertEquals(1, values.size(), () -> name + " of " + this);
        return values.get(0);
    }

    public boolean has(String name) {
        return !all(name).isEmpty();
    }

    public String traceId() {
        String id = one("x-trace-id");
        assertTrue(id.matches("(?!0{32})[0-9a-f]{32}"), id);
        return id;
    }

    public String spanId() {
        String id = one("x-span-id");
        assertTrue(id.matches("(?!0{16})[0-9a-f]{16}"), id);
        return id;
    }

    /** Returns the request that the echo upstream received. */
    public Seen echoed() {
        assertEquals(200, status, this::toString);
        return Seen.parse(new String(body.getBytes(ISO_8859_1), UTF_8));
    }

    /** As {@link #assertProblem(int, String)}; the response must also announce the end of the connection. */
    public RawResponse assertRejected(int status, String code) {
        assertProblem(status, code);
        assertEquals("close", one("connection"));
        return this;
    }

    /**
     * Asserts that this is the gateway's problem document (RFC 9457) and names the trace that the header fields name.
     */
    public RawResponse assertProblem(int expectedStatus, String code) {
        assertEquals(expectedStatus, status, this::toString);
        assertEquals("application/problem+json", one("content-type"));
        JsonObject problem = new JsonObject(body);
        assertEquals(expectedStatus, problem.getInteger("status"));
        assertEquals(code, problem.getString("code"));
        assertTrue(problem.getString("type").endsWith(code), problem::encode);
        assertEquals(traceId(), problem.getString("trace_id"));
        spanId();
        return this;
    }
}

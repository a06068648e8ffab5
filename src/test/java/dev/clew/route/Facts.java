package dev.clew.route;

import java.util.Map;

/** Header fields and query of a request, for tests. */
public record Facts(Map<String, String> headers, String query) implements RequestFacts {

    public static final Facts NONE = new Facts(Map.of(), null);

    @Override
    public String header(String name) {
        return headers.get(name);
    }
}

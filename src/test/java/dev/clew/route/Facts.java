package dev.clew.route;

import java.util.Map;

/** What a request says beside its method and path. */
public record Facts(Map<String, String> headers, String query) implements RequestFacts {

    public static final Facts NONE = new Facts(Map.of(), null);

    @Override
    public String header(String name) {
        return headers.get(name);
    }
}

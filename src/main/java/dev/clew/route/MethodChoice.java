package dev.clew.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of one path pattern, by method; the last two steps of the precedence in {@link RouteTable}. */
final class MethodChoice<T> {

    private final Map<String, Match.Found<T>> byMethod = new HashMap<>();
    private final Match.@Nullable Found<T> anyMethod;

    /**
     * @param routes in the order of their declaration
     */
    MethodChoice(List<RouteTable.Entry<T>> routes) {
        Match.Found<T> any = null;
        for (RouteTable.Entry<T> route : routes) {
            Match.Found<T> found = new Match.Found<>(route.target());
            if (route.methods().isEmpty() && any == null) {
                any = found;
            }
            for (String method : route.methods()) {
                // Interned, so that the usual comparison is one of references.
                byMethod.putIfAbsent(method.intern(), found);
            }
        }
        Match.Found<T> get = byMethod.get("GET");
        if (get != null) {
            byMethod.putIfAbsent("HEAD", get);
        }
        this.anyMethod = any;
    }

    Match.@Nullable Found<T> find(String method) {
        Match.Found<T> named = byMethod.get(method);
        return named != null ? named : anyMethod;
    }

    Set<String> methods() {
        return byMethod.keySet();
    }
}

package dev.clew.exchange;

import dev.clew.route.RequestFacts;
import dev.clew.route.RequestTarget;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields and query of a request, as routing reads them. */
record SentFields(MultiMap headers, @Nullable RequestTarget target) implements RequestFacts {

    @Override
    public @Nullable String header(String name) {
        List<String> lines = headers.getAll(name);
        return switch (lines.size()) {
            case 0 -> null;
            case 1 -> lines.get(0);
            default -> String.join(", ", lines);
        };
    }

    @Override
    public @Nullable String query() {
        return target == null ? null : target.query();
    }
}

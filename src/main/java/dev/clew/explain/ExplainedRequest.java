package dev.clew.explain;

import dev.clew.route.RequestFacts;
import dev.clew.route.RequestPath;
import dev.clew.route.RequestTarget;
import dev.clew.tenant.host.HostName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that routing depends on.
 *
 * @param host {@linkplain HostName#normalise normalised}; null if malformed
 * @param path null if malformed
 */
public record ExplainedRequest(@Nullable String host, String method, @Nullable RequestPath path, RequestFacts facts) {

    /**
     * Reads the parts as a client sends them.
     *
     * @param host with or without a port
     * @param target a path with an optional query
     * @param headers by name in lower case
     */
    public static ExplainedRequest parse(String host, String method, String target, Map<String, String> headers) {
        RequestTarget parsed = RequestTarget.parse(target);
        RequestPath path = parsed != null && RequestPath.parse(parsed.path()) instanceof RequestPath.Parsed.Ok ok
                ? ok.path()
                : null;
        Map<String, String> fields = Map.copyOf(headers);
        return new ExplainedRequest(
                HostName.normalise(host), method, path, new Given(fields, parsed == null ? null : parsed.query()));
    }

    private record Given(Map<String, String> fields, @Nullable String query) implements RequestFacts {

        @Override
        public @Nullable String header(String name) {
            return fields.get(lowerCase(name));
        }

        private static String lowerCase(String name) {
            return name.toLowerCase(java.util.Locale.ROOT);
        }
    }
}

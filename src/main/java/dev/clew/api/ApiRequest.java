package dev.clew.api;

import dev.clew.config.yaml.Values;
import dev.clew.management.ManagementGuard;
import dev.clew.management.Viewer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API: its parameters and what its caller may see. Immutable, so that workers may read it.
 *
 * @param parts the variable parts of the path
 * @param query the query as received; empty without one
 * @param authorization the caller's credential, which peers are asked with; null without one
 */
record ApiRequest(
        String path,
        String query,
        Map<String, String> parts,
        MultiMap parameters,
        Viewer viewer,
        @Nullable String authorization) {

    /** The parameter with which a replica asks another for its own part only. */
    static final String REPLICAS = "replicas";

    private static final String SELF = "self";
    private static final String ALL = "all";

    /**
     * Reads a request.
     *
     * @param known the names of its parameters
     * @throws ApiFailure for another parameter, which may be a mistyped one
     */
    static ApiRequest of(RoutingContext context, Set<String> known) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap().addAll(context.queryParams());
        for (String name : parameters.names()) {
            if (!known.contains(name) && !name.equals(REPLICAS)) {
                throw ApiFailure.invalid("an unknown parameter", known.isEmpty() ? "none" : String.join(", ", known));
            }
        }
        String query = context.request().query();
        if (query != null && query.indexOf('#') >= 0) {
            // Readers of queries differ on what follows.
            throw ApiFailure.invalid("the query", "no #");
        }
        if (context.request().headers().contains(Replica.FIELD)) {
            parameters.add(REPLICAS, SELF);
        }
        ApiRequest request = new ApiRequest(
                context.normalizedPath(),
                query == null ? "" : query,
                Map.copyOf(context.pathParams()),
                parameters,
                ManagementGuard.viewerOf(context),
                context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (!Set.of(SELF, ALL).containsAll(request.texts(REPLICAS))) {
            throw ApiFailure.invalid(REPLICAS, "self or all");
        }
        return request;
    }

    /** Returns whether other replicas are not to be asked. */
    boolean isForThisReplica() {
        return texts(REPLICAS).contains(SELF);
    }

    /** Returns a part of the path. */
    String part(String name) {
        return parts.getOrDefault(name, "");
    }

    /** Returns a parameter; null if it is missing or empty. */
    @Nullable String text(String name) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    List<String> texts(String name) {
        return parameters.getAll(name);
    }

    int count(String name, int standard, int most) {
        String value = text(name);
        if (value == null) {
            return standard;
        }
        try {
            int count = Integer.parseInt(value);
            if (count >= 1 && count <= most) {
                return count;
            }
        } catch (NumberFormatException malformed) {
            // Reported below.
        }
        throw ApiFailure.invalid(name, "1 to " + most);
    }

    @Nullable Duration duration(String name) {
        String value = text(name);
        try {
            return value == null ? null : Values.duration(value);
        } catch (IllegalArgumentException malformed) {
            throw ApiFailure.invalid(name, "a duration such as 500ms, 5s, 2m or 1h");
        }
    }

    /** Returns a time, in nanoseconds since 1970. */
    long time(String name, long standard) {
        String value = text(name);
        if (value == null) {
            return standard;
        }
        try {
            Instant time = OffsetDateTime.parse(value).toInstant();
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        } catch (DateTimeException | ArithmeticException malformed) {
            throw ApiFailure.invalid(name, "a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** Returns the names of the tenants asked for that the caller may see; null for everything. */
    @Nullable List<String> tenants() {
        String asked = tenant();
        if (asked != null) {
            return viewer.sees(asked) ? List.of(asked) : List.of();
        }
        return viewer.seesAll() ? null : List.copyOf(viewer.tenants());
    }

    /** Returns the tenant asked for, or null. */
    @Nullable String tenant() {
        return text("tenant");
    }

    /** Returns whether what belongs to a tenant is asked for, and visible to the caller. */
    boolean concerns(String tenant) {
        String asked = tenant();
        return (asked == null || asked.equals(tenant)) && viewer.sees(tenant);
    }
}

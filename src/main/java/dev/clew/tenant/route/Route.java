package dev.clew.tenant.route;

import dev.clew.access.RouteAccess;
import dev.clew.action.ResponseRules;
import dev.clew.grammar.ResourceName;
import dev.clew.route.RouteMatch;
import dev.clew.tenant.tracing.Sampling;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A route of a tenant: a match and the action on matching requests.
 *
 * @param name unique within the tenant; a metric tag and the {@code clew.route} of its spans, hence {@link ResourceName
 *     bounded}
 * @param match the condition; its methods are some of {@link #METHODS}
 * @param sampling overrides the tenant's; null for the tenant's
 */
public record Route(
        String name,
        RouteMatch match,
        Action action,
        ResponseRules response,
        RouteAccess access,
        @Nullable Sampling sampling) {

    /**
     * The methods a route may list: RFC 9110 section 9, PATCH (RFC 5789), WebDAV (RFC 4918, RFC 3253, RFC 5323). A
     * closed list, because a method tags metrics and names spans, and because {@code Get} is a mistake rather than a
     * method. CONNECT is excluded: it requests a tunnel, which a gateway in front of tenants must not provide.
     */
    public static final Set<String> METHODS = Collections.unmodifiableSet(new TreeSet<>(Set.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "PATCH",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK",
            "REPORT",
            "SEARCH")));

    public Route {
        ResourceName.check("route name", name);
        if (!METHODS.containsAll(match.methods())) {
            throw new IllegalArgumentException("methods: " + match.methods() + " (expected: some of " + METHODS + ")");
        }
    }
}

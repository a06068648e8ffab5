package dev.clew.action;

import dev.clew.route.RequestPath;
import org.jspecify.annotations.Nullable;

/** Answers requests without an upstream. */
public interface Responder {

    Reply reply(Asked asked);

    /**
     * What was asked for.
     *
     * @param host normalised, without port: one of the tenant's
     * @param path one that the route's path matches
     */
    record Asked(String host, RequestPath path, @Nullable String query) {}
}

package dev.clew.action;

import dev.clew.route.RequestPath;
import org.jspecify.annotations.Nullable;

/** A source of responses without an upstream. */
public interface Responder {

    Reply reply(Request request);

    /**
     * The parts of a request that a response may depend on.
     *
     * @param host normalised, without port: one of the tenant's
     * @param path matched by the route's path
     */
    record Request(String host, RequestPath path, @Nullable String query) {}
}

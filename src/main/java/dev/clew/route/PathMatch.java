package dev.clew.route;

/** The path part of a route's match. */
public sealed interface PathMatch permits PathPattern, PathExpression {

    /** As the operator wrote it: the route template of spans and metrics. */
    String template();
}

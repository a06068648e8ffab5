package dev.clew.route;

/** The path part of a route's match. */
public sealed interface PathMatch permits PathPattern, PathExpression {

    /** Returns the text as configured: the route template of spans and metrics. */
    String template();
}

package dev.clew.route;

/** The result of {@link RouteTable#match}. */
public sealed interface Match<T> {

    record Found<T>(T target) implements Match<T> {}

    /**
     * No route of the path serves the method (RFC 9110 §15.5.6).
     *
     * @param allow value of the {@code Allow} field (RFC 9110 §10.2.1): the methods of all routes whose path matches,
     *     sorted
     */
    record MethodNotAllowed<T>(String allow) implements Match<T> {}

    record NotFound<T>() implements Match<T> {}
}

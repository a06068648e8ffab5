package dev.clew.route;

/** What {@link RouteTable#match} found. */
public sealed interface Match<T> {

    record Found<T>(T target) implements Match<T> {}

    /**
     * The path has routes, but none for this method (RFC 9110 §15.5.6).
     *
     * @param allow the value of the {@code Allow} field (RFC 9110 §10.2.1): the methods of all routes whose path
     *     matches, sorted
     */
    record MethodNotAllowed<T>(String allow) implements Match<T> {}

    record NotFound<T>() implements Match<T> {}
}

package dev.clew.trace.context;

import java.util.List;

/**
 * Access to header lines that keeps the rules independent of the type of the headers. Stateless: one instance serves
 * all requests.
 *
 * @param <C> the type of a request's headers
 */
@FunctionalInterface
public interface HeaderLines<C> {
    /** Returns every line of the header, in the order received; empty if there is none. */
    List<String> of(C headers, PropagationHeader name);
}

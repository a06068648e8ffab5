package dev.clew.trace.context;

import java.util.List;

/**
 * Finds header lines, so that the rules need not know what holds them. One for all requests: it keeps nothing.
 *
 * @param <C> what holds a request's headers
 */
@FunctionalInterface
public interface HeaderLines<C> {
    /** Every line of that header, in the order received; empty when there is none. */
    List<String> of(C headers, PropagationHeader name);
}

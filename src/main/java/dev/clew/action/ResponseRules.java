package dev.clew.action;

import org.jspecify.annotations.Nullable;

/**
 * What is changed in the answers to a route's requests.
 *
 * @param headers in answers of the upstream and of the route itself; not in the gateway's errors
 * @param cors what pages of other origins may read, errors included; null leaves that to the upstream
 */
public record ResponseRules(HeaderEdits headers, @Nullable Cors cors) {

    public static final ResponseRules NONE = new ResponseRules(HeaderEdits.NONE, null);
}

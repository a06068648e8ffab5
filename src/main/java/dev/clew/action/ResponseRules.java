package dev.clew.action;

import org.jspecify.annotations.Nullable;

/**
 * Changes to the responses of a route.
 *
 * @param headers edits of the responses of upstream and route; not of the gateway's errors
 * @param cors the CORS rules, errors included; null leaves CORS to the upstream
 */
public record ResponseRules(HeaderEdits headers, @Nullable Cors cors) {

    public static final ResponseRules NONE = new ResponseRules(HeaderEdits.NONE, null);
}

package dev.clew.action;

/**
 * What is changed in the answers to a route's requests.
 *
 * @param headers in answers of the upstream and of the route itself; not in the gateway's errors
 */
public record ResponseRules(HeaderEdits headers) {

    public static final ResponseRules NONE = new ResponseRules(HeaderEdits.NONE);
}

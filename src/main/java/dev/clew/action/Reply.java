package dev.clew.action;

import java.util.Map;

/**
 * A response that a route gives without an upstream.
 *
 * @param status 200 to 599
 * @param headers names in lower case
 * @param body empty for none
 */
public record Reply(int status, Map<String, String> headers, String body) {

    public Reply {
        headers = Map.copyOf(headers);
    }
}

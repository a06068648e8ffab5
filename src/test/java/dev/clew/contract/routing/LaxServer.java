package dev.clew.contract.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.Deque;

/** Resolves a path as the most lenient server would; no such path may bypass the gateway's routes. */
final class LaxServer {

    private LaxServer() {}

    /** Decodes first, treats a backslash as a slash, drops path parameters and empty segments, then resolves dots. */
    static String resource(String uri) {
        String path = uri.split("\\?", 2)[0].replace("+", "%2B");
        String decoded = URLDecoder.decode(path, ISO_8859_1).replace('\\', '/');
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : decoded.split("/", -1)) {
            String name = segment.split("[;\0]", 2)[0];
            if (name.equals("..")) {
                segments.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                segments.addLast(name);
            }
        }
        return "/" + String.join("/", segments);
    }
}

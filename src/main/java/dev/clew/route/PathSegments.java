package dev.clew.route;

import java.util.ArrayList;
import java.util.List;

/** Splits paths into segments. */
final class PathSegments {

    private PathSegments() {}

    /** Returns the segments of a path, without slashes; a slash at the end begins an empty one. */
    static List<String> of(String path) {
        List<String> segments = new ArrayList<>();
        int slash = 0;
        while (slash < path.length()) {
            int next = path.indexOf('/', slash + 1);
            int end = next < 0 ? path.length() : next;
            segments.add(path.substring(slash + 1, end));
            slash = end;
        }
        return segments;
    }
}

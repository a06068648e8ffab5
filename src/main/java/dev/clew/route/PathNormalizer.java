package dev.clew.route;

import dev.clew.route.RequestPath.Parsed;
import org.jspecify.annotations.Nullable;

/** The slow path of {@link RequestPath#parse}: normalises segment by segment in one pass. */
final class PathNormalizer {

    private final String path;
    private final StringBuilder out;
    private boolean matchedDiffers;

    PathNormalizer(String path) {
        this.path = path;
        this.out = new StringBuilder(path.length() + 16);
    }

    Parsed normalise() {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return new Parsed.Rejected("path does not start with a slash");
        }
        int slash = 0;
        while (slash < path.length()) {
            int next = path.indexOf('/', slash + 1);
            int end = next < 0 ? path.length() : next;
            String rejection = addSegment(slash + 1, end);
            if (rejection != null) {
                return new Parsed.Rejected(rejection);
            }
            slash = end;
        }
        String raw = out.toString();
        return new Parsed.Ok(new RequestPath(raw, matchedDiffers ? matched(raw) : raw));
    }

    /** Invariant: {@code out} is a sequence of resolved "/segment"s; only the last segment of the path may be empty. */
    private @Nullable String addSegment(int start, int end) {
        boolean last = end == path.length();
        if (start == end && !last) {
            return null;
        }
        int mark = out.length();
        out.append('/');
        String rejection = appendCharacters(start, end);
        if (rejection != null) {
            return rejection;
        }
        int nameEnd = nameEnd(mark + 1);
        boolean hasParameters = nameEnd < out.length();
        int dots = dots(mark + 1, nameEnd);
        if (hasParameters) {
            if (dots > 0) {
                return "dot segment with path parameters";
            }
            return nameEnd == mark + 1 && !last ? "path parameters without a segment" : null;
        }
        return dots == 0 ? null : resolveDots(dots, mark, last);
    }

    private @Nullable String appendCharacters(int start, int end) {
        int i = start;
        while (i < end) {
            char c = path.charAt(i);
            if (PathCharacters.isPlain(c)) {
                out.append(c);
            } else if (c == '%') {
                String rejection = appendEscaped(PathCharacters.hexPair(path, i + 1));
                if (rejection != null) {
                    return rejection;
                }
                i += 2;
            } else if (c == ';') {
                out.append(c);
                matchedDiffers = true;
            } else if (PathCharacters.isToEncode(c)) {
                PathCharacters.appendEscape(out, c);
            } else {
                return "character not allowed in a path";
            }
            i++;
        }
        return null;
    }

    private @Nullable String appendEscaped(int octet) {
        if (octet < 0) {
            return "malformed percent-escape";
        }
        if (PathCharacters.isForbiddenEvenEncoded(octet)) {
            return "encoded slash, backslash or control character";
        }
        if (PathCharacters.isOverlong(lastOctet(), octet)) {
            return "overlong UTF-8";
        }
        if (PathCharacters.isUnreserved(octet)) {
            out.append((char) octet);
        } else {
            PathCharacters.appendEscape(out, octet);
            matchedDiffers |= octet == ';' || PathCharacters.isPlain(octet);
        }
        return null;
    }

    /** Returns the octet of the escape written last; -1 after other characters. */
    private int lastOctet() {
        int escape = out.length() - 3;
        return escape >= 0 && out.charAt(escape) == '%' ? PathCharacters.hexPair(out, escape + 1) : -1;
    }

    /** Returns the index where servers cut off parameters: at ";", or at "%3B" if they decode first. */
    private int nameEnd(int start) {
        for (int i = start; i < out.length(); i++) {
            if (beginsParameters(out, i)) {
                return i;
            }
        }
        return out.length();
    }

    private static boolean beginsParameters(CharSequence path, int at) {
        char c = path.charAt(at);
        return c == ';' || (c == '%' && PathCharacters.hexPair(path, at + 1) == ';');
    }

    /** Returns 1 or 2 if the name is "." or "..", otherwise 0. */
    private int dots(int start, int end) {
        int length = end - start;
        if (length == 0 || length > 2 || out.charAt(start) != '.' || out.charAt(end - 1) != '.') {
            return 0;
        }
        return length;
    }

    private @Nullable String resolveDots(int dots, int mark, boolean last) {
        out.setLength(mark);
        if (dots == 2) {
            if (mark == 0) {
                return "path climbs above the root";
            }
            out.setLength(out.lastIndexOf("/"));
        }
        if (last) {
            out.append('/');
        }
        return null;
    }

    private static String matched(String raw) {
        StringBuilder matched = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (beginsParameters(raw, i)) {
                int slash = raw.indexOf('/', i);
                i = slash < 0 ? raw.length() : slash;
            } else if (c == '%' && PathCharacters.isPlain(PathCharacters.hexPair(raw, i + 1))) {
                matched.append((char) PathCharacters.hexPair(raw, i + 1));
                i += 3;
            } else {
                matched.append(c);
                i++;
            }
        }
        return matched.toString();
    }
}

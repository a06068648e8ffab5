package dev.clew.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path pattern of a route's match.
 *
 * <ul>
 *   <li>{@code /orders} matches only that path; {@code /orders/} is another one.
 *   <li>{@code /orders/{id}}: {@code {id}} matches exactly one non-empty segment. Names are
 *       {@code [A-Za-z_][A-Za-z0-9_]*} and unique in a pattern.
 *   <li>{@code /orders/**}: {@code **}, only at the end, matches any number of segments, including none:
 *       {@code /orders}, {@code /orders/} and everything below. {@code /**} matches every path.
 * </ul>
 *
 * <p>Literal text is in the form of {@link RequestPath#matched()} and compared exactly, including case (RFC 3986
 * §6.2.2.1).
 */
public final class PathPattern implements PathMatch {

    private static final String REST = "**";

    private final String template;
    private final List<Segment> segments;
    private final boolean openEnded;

    sealed interface Segment {

        /** Returns the segment as configured. */
        String text();

        /** Returns whether a segment of a request matches. */
        boolean accepts(String segment);

        record Literal(String text) implements Segment {

            @Override
            public boolean accepts(String segment) {
                return segment.equals(text);
            }
        }

        record Named(String name) implements Segment {

            @Override
            public String text() {
                return '{' + name + '}';
            }

            @Override
            public boolean accepts(String segment) {
                return !segment.isEmpty();
            }
        }
    }

    private PathPattern(String template, List<Segment> segments, boolean openEnded) {
        this.template = template;
        this.segments = List.copyOf(segments);
        this.openEnded = openEnded;
    }

    /**
     * Parses a pattern.
     *
     * @throws IllegalArgumentException as {@code path: "…" (expected: …)}
     */
    public static PathPattern parse(String template) {
        if (!template.startsWith("/")) {
            throw invalid(template, "a path that starts with \"/\"");
        }
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int slash = 0;
        while (slash < template.length()) {
            int next = template.indexOf('/', slash + 1);
            int end = next < 0 ? template.length() : next;
            boolean last = next < 0;
            String text = template.substring(slash + 1, end);
            if (text.equals(REST) && last) {
                return new PathPattern(template, segments, true);
            }
            Segment segment = segment(template, text, last);
            if (segment instanceof Segment.Named named && !names.add(named.name())) {
                throw invalid(template, "each {name} once, found {" + named.name() + "} twice");
            }
            segments.add(segment);
            slash = end;
        }
        return new PathPattern(template, segments, false);
    }

    @Override
    public String template() {
        return template;
    }

    /** Returns the segments before {@code **}, or all of them. */
    List<Segment> segments() {
        return segments;
    }

    /** Returns whether the pattern ends in {@code **}. */
    boolean openEnded() {
        return openEnded;
    }

    /** Returns the position of the segment {@code {name}}, or -1. */
    int indexOf(String name) {
        return segments.indexOf(new Segment.Named(name));
    }

    private static Segment segment(String template, String text, boolean last) {
        if (text.startsWith("{") && text.endsWith("}")) {
            String name = text.substring(1, text.length() - 1);
            if (!isName(name)) {
                throw invalid(template, "a name of letters, digits and \"_\", not starting with a digit, in " + text);
            }
            return new Segment.Named(name);
        }
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw invalid(template, "{name} as a whole segment, found \"" + text + "\"");
        }
        if (text.indexOf('*') >= 0) {
            throw invalid(template, "\"*\" only as \"**\" in the last segment");
        }
        if (text.isEmpty() && !last) {
            throw invalid(template, "no empty segment");
        }
        return literal(template, text);
    }

    private static Segment literal(String template, String text) {
        String segment = "/" + text;
        if (!(RequestPath.parse(segment) instanceof RequestPath.Parsed.Ok ok)) {
            throw invalid(template, "a segment that a request can have, found \"" + text + "\"");
        }
        if (!ok.path().matched().equals(segment)) {
            throw invalid(template, "the normal form \"" + ok.path().matched() + "\" instead of \"" + segment + "\"");
        }
        // Tenants of one product have the same routes: shared text stays in the processor's caches, copies do not.
        return new Segment.Literal(text.intern());
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static IllegalArgumentException invalid(String template, String expected) {
        return new IllegalArgumentException("path: \"" + template + "\" (expected: " + expected + ")");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathPattern pattern && template.equals(pattern.template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    @Override
    public String toString() {
        return template;
    }
}

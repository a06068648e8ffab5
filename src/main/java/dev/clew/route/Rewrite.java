package dev.clew.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route's path rewrite for the upstream, such as {@code /orders/**} to {@code /v1/orders/**}.
 *
 * <p>Each {@code {name}} of the new pattern is replaced by that segment of the request, and {@code **} by the text that
 * the route's {@code **} matched. Segments are taken from {@link RequestPath#raw()}, so they keep their escapes and
 * path parameters; a replaced segment loses its parameters. The result is in normal form, as the request's path is: no
 * part of it can contain a slash or be a dot segment.
 */
public final class Rewrite {

    /** The segments that a regular expression offers to a rewrite: none. */
    private static final PathPattern NOTHING = PathPattern.parse("/");

    private static final Rewrite IDENTITY = new Rewrite(List.of(), 0);

    private final List<Part> parts;
    private final int segmentsBeforeRest;

    private sealed interface Part {

        record Text(String text) implements Part {}

        record SegmentOfRequest(int index) implements Part {}

        record Rest() implements Part {}
    }

    private Rewrite(List<Part> parts, int segmentsBeforeRest) {
        this.parts = List.copyOf(parts);
        this.segmentsBeforeRest = segmentsBeforeRest;
    }

    /**
     * Compiles a rewrite.
     *
     * @param from the path of the route; a regular expression offers no segments
     * @param to the path for the upstream; null leaves it unchanged
     * @throws IllegalArgumentException as {@code path: "…" (expected: …)}, if {@code to} has a name or a {@code **}
     *     that {@code from} lacks
     */
    public static Rewrite of(PathMatch from, @Nullable PathPattern to) {
        if (to == null) {
            return IDENTITY;
        }
        PathPattern source = from instanceof PathPattern pattern ? pattern : NOTHING;
        if (to.openEnded() && !source.openEnded()) {
            throw invalid(to, "no \"**\", because the route's path \"" + from.template() + "\" has none");
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (PathPattern.Segment segment : to.segments()) {
            text.append('/');
            if (segment instanceof PathPattern.Segment.Literal literal) {
                text.append(literal.text());
            } else if (segment instanceof PathPattern.Segment.Named named) {
                parts.add(new Part.Text(text.toString()));
                text.setLength(0);
                parts.add(new Part.SegmentOfRequest(indexIn(source, from, named.name(), to)));
            }
        }
        if (text.length() > 0) {
            parts.add(new Part.Text(text.toString()));
        }
        if (to.openEnded()) {
            parts.add(new Part.Rest());
        }
        return new Rewrite(parts, source.segments().size());
    }

    /**
     * Returns the path for the upstream.
     *
     * @param path one that the route's path matches
     */
    public String apply(RequestPath path) {
        String raw = path.raw();
        if (parts.isEmpty()) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length() + 32);
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                out.append(text.text());
            } else if (part instanceof Part.SegmentOfRequest segment) {
                int slash = slashBefore(raw, segment.index());
                out.append(raw, slash + 1, slashOrEnd(raw, slash + 1));
            } else {
                out.append(raw, slashBefore(raw, segmentsBeforeRest), raw.length());
            }
        }
        return out.length() == 0 ? "/" : out.toString();
    }

    /**
     * Returns the index of the slash before a segment, numbered from 0; the path's length if there are fewer segments.
     */
    private static int slashBefore(String raw, int segment) {
        int slash = 0;
        for (int i = 0; i < segment; i++) {
            slash = slashOrEnd(raw, slash + 1);
        }
        return slash;
    }

    private static int slashOrEnd(String raw, int start) {
        int slash = raw.indexOf('/', start);
        return slash < 0 ? raw.length() : slash;
    }

    private static int indexIn(PathPattern source, PathMatch from, String name, PathPattern to) {
        int index = source.indexOf(name);
        if (index < 0) {
            throw invalid(to, "only names of the route's path \"" + from.template() + "\", found {" + name + "}");
        }
        return index;
    }

    private static IllegalArgumentException invalid(PathPattern to, String expected) {
        return new IllegalArgumentException("path: \"" + to.template() + "\" (expected: " + expected + ")");
    }
}

package dev.clew.config.yaml;

import dev.clew.config.yaml.Findings.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Parses a file's bytes into YAML nodes with their lines, or into one problem.
 *
 * <p>Stops at the nodes: nothing is constructed from a tag, so no file can cause a class to be instantiated.
 */
public final class YamlText {

    /** The largest file read, in bytes; a tenant with a thousand routes needs a tenth of it. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 20;

    /** In characters; the parser's longest messages have some 150. */
    private static final int LONGEST_MESSAGE = 300;

    private static final Resolver RESOLVER = new Resolver();
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private YamlText() {}

    /** Returns null when the file is empty, or invalid, which is reported. */
    static @Nullable MappingNode compose(byte[] content, Findings findings) {
        if (content.length > MAX_BYTES) {
            findings.problem("", "larger than 1 MiB (expected: a smaller file)");
            return null;
        }
        String text = decode(content);
        if (text == null) {
            findings.problem("", "not UTF-8 text (expected: a YAML file in UTF-8)");
            return null;
        }
        findings.text(text);
        try {
            Node root = parse(text);
            if (root == null || root instanceof MappingNode) {
                return (MappingNode) root;
            }
            findings.problem(Place.of(root.getStartMark()), "", YamlFlattening.kind(root) + " (expected: a mapping)");
        } catch (MarkedYAMLException malformed) {
            Mark mark = malformed.getProblemMark();
            findings.problem(mark == null ? Place.NONE : Place.of(mark), "", describe(malformed));
        } catch (ReaderException malformed) {
            findings.problem(place(text, malformed.getPosition()), "", "not YAML: a control character");
        } catch (YAMLException malformed) {
            findings.problem("", "not YAML: nested or repeated too deeply");
        }
        return null;
    }

    private static @Nullable String decode(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException otherEncoding) {
            return null;
        }
    }

    private static @Nullable Node parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setAllowRecursiveKeys(false);
        return new Composer(new AliasRejectingParser(new StreamReader(text), options), RESOLVER, options)
                .getSingleNode();
    }

    private static String describe(MarkedYAMLException malformed) {
        String problem = malformed.getProblem() == null ? "" : malformed.getProblem();
        String context = malformed.getContext() == null ? "" : malformed.getContext();
        // A wildcard host without quotes parses as a YAML alias; the parser's message would not help.
        if (context.contains("alias")) {
            return "a value that starts with * must be quoted, such as \"*.example.com\" (YAML aliases are rejected)";
        }
        // The likeliest cause is a path such as /orders/{id}, which needs no quotes elsewhere.
        String hint =
                problem.contains("but got {") ? " (a value that holds { or } must be quoted within {} and [])" : "";
        return "not YAML: "
                + Findings.printable(context.isEmpty() ? problem : context + ", " + problem, LONGEST_MESSAGE) + hint;
    }

    private static Place place(String text, int position) {
        int line = 1;
        int column = 1;
        for (int c : text.codePoints().limit(position).toArray()) {
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
        return new Place(line, column);
    }

    /** A parser that rejects aliases, which save authors little and let a small file expand to a huge one. */
    private static final class AliasRejectingParser extends ParserImpl {

        AliasRejectingParser(StreamReader reader, LoaderOptions options) {
            super(reader, options);
        }

        @Override
        public Event getEvent() {
            Event event = super.getEvent();
            if (event.is(Event.ID.Alias)) {
                throw new AliasFound(event.getStartMark());
            }
            return event;
        }
    }

    private static final class AliasFound extends MarkedYAMLException {

        private static final long serialVersionUID = 1L;

        AliasFound(Mark mark) {
            super("alias", null, "alias", mark);
        }
    }
}

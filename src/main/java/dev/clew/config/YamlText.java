package dev.clew.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Turns a file's bytes into YAML nodes with their lines, or into one problem.
 *
 * <p>Stops at the nodes: nothing is constructed from a tag, so no file can name a class to be created.
 */
final class YamlText {

    /** The largest file read, in bytes; a tenant with a thousand routes needs a tenth of it. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 20;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private YamlText() {}

    /** Null when the file is empty, or when the findings say why there is nothing to go on with. */
    static @Nullable Node compose(byte[] content, Findings findings) {
        if (content.length > MAX_BYTES) {
            findings.problem("", "larger than 1 MiB (expected: a smaller file)");
            return null;
        }
        String text = decode(content);
        if (text == null) {
            findings.problem("", "not UTF-8 text (expected: a YAML file in UTF-8)");
            return null;
        }
        try {
            return parse(text);
        } catch (MarkedYAMLException malformed) {
            int line = malformed.getProblemMark() == null
                    ? 0
                    : malformed.getProblemMark().getLine() + 1;
            findings.problem(line, "", describe(malformed));
        } catch (ReaderException malformed) {
            findings.problem(line(text, malformed.getPosition()), "", "not YAML: a control character");
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
        return new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options).getSingleNode();
    }

    private static String describe(MarkedYAMLException malformed) {
        String problem = malformed.getProblem() == null ? "" : malformed.getProblem();
        String context = malformed.getContext() == null ? "" : malformed.getContext();
        // A wildcard host without quotes reads as a YAML alias, and the parser's own words then help nobody.
        if (context.contains("alias") || problem.contains("alias")) {
            return "not YAML: a value that starts with * must be quoted, such as \"*.example.com\"";
        }
        return "not YAML: " + Findings.printable(context.isEmpty() ? problem : context + ", " + problem);
    }

    private static int line(String text, int position) {
        return 1
                + (int) text.codePoints().limit(position).filter(c -> c == '\n').count();
    }
}

package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README and the pages behind it promise about the repository. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String CODE = "src/main/java/dev/clew/";

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(read(page));
            while (link.find()) {
                if (!link.group(1).contains("://") && !leadsSomewhere(page, link.group(1))) {
                    broken.add(page + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken, "links that lead nowhere");
    }

    @Test
    void walksThroughTheEightFilesInTheOrderOfTheRequest() {
        String readme = read(README);
        int from = readme.indexOf("one request in eight files");
        for (String file : List.of(
                "gateway/RequestPipeline",
                "tenant/TenantResolver",
                "route/RouteTable",
                "filter/TraceFilter",
                "filter/LimitFilter",
                "proxy/UpstreamProxy",
                "error/ErrorResponder",
                "observe/RequestRecord")) {
            assertTrue(Files.exists(Path.of(CODE + file + ".java")), file);
            int row = readme.indexOf("[`" + file + "`](" + CODE + file + ".java)", from);
            assertTrue(row > 0, file + " is missing in the walk, or out of order");
            from = row;
        }
    }

    @Test
    void hasExactlyTwoSetUpCommands() {
        assertEquals(List.of("./mvnw quarkus:dev", "./mvnw verify"), setUpCommands());
    }

    @Test
    void continuousIntegrationRunsTheTestCommandOfTheReadme() {
        List<String> commands = read(Path.of(".ci/run"))
                .lines()
                .filter(line -> line.contains("mvn"))
                .map(line -> line.replaceFirst("^exec ", "")
                        .replaceFirst("</dev/null$", "")
                        .strip())
                .toList();
        assertEquals(setUpCommands().subList(1, 2), commands);
    }

    private static List<String> setUpCommands() {
        Matcher commands = COMMANDS.matcher(read(README));
        assertTrue(commands.find(), "no commands in the README");
        return commands.group(1)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target) && (hash < 0 || hasHeading(target, link.substring(hash + 1)));
    }

    /** Anchors as GitHub makes them. */
    private static boolean hasHeading(Path page, String anchor) {
        return read(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .anyMatch(heading ->
                        heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-').equals(anchor));
    }

    private static List<Path> pages() {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            Stream<Path> readmes = top.flatMap(path -> Stream.of(path, path.resolve("README.md")));
            return Stream.concat(readmes, docs)
                    .filter(path -> path.toString().endsWith(".md") && Files.exists(path))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

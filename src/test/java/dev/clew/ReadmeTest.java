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
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The statements of the README and its linked pages about the repository. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    /** A class with its package: {@code error/ErrorKind}. */
    private static final Pattern PACKAGED = Pattern.compile("[a-z0-9/]+/[A-Z]\\w+");
    /** A class: the name consists of two words. */
    private static final Pattern CLASS = Pattern.compile("[A-Z][a-z0-9]+([A-Z][A-Za-z0-9]*)+");
    /** A path from the repository's root or from the page, or a command with it. */
    private static final Pattern FILE = Pattern.compile("(([.\\w-]+)/[\\w./-]*)( .*)?");
    /** Folders that the build makes, which are not in the repository. */
    private static final Set<String> MADE = Set.of("target");
    /** Names that readers write themselves. */
    private static final Set<String> EXAMPLES = Set.of("tenants/initech.yaml");
    /** Classes of other projects, and words that look like classes. */
    private static final Set<String> FOREIGN = Set.of(
            "AbstractInteropTest",
            "AbstractSniHandler",
            "AndroidFriendlyRandomHolder",
            "BackendTrafficPolicy",
            "CertificateFactory",
            "ConfigMap",
            "ConfigValue",
            "EdDSA",
            "HttpClient",
            "HttpClientCodec",
            "HttpSender",
            "HttpServerOptionsCustomizer",
            "KeyFactory",
            "OptionalInt",
            "OutOfDirectMemoryError",
            "RateLimit",
            "RequestMirror",
            "SdkSpan",
            "SecureRandomHolder",
            "SentinelTopology",
            "SpanData",
            "SslContext",
            "VertxServiceProvider",
            "VmRSS",
            "WebClient");

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
        assertEquals(List.of(), broken, "broken links");
    }

    @Test
    void everyClassAndFileThatIsNamedExists() {
        Map<String, List<String>> classes = classes();
        List<String> gone = new ArrayList<>();
        for (Path page : pages()) {
            // History may name removed classes.
            if (!page.equals(Path.of("CHANGELOG.md"))) {
                QUOTED.matcher(read(page))
                        .results()
                        .map(quoted -> quoted.group(1))
                        .filter(name -> !exists(name, page, classes))
                        .forEach(name -> gone.add(page + ": " + name));
            }
        }
        assertEquals(List.of(), gone, "missing classes and files that pages name");
    }

    private static boolean exists(String name, Path page, Map<String, List<String>> classes) {
        String path = name.startsWith("dev.clew.")
                ? name.substring("dev.clew.".length()).replace('.', '/')
                : name;
        if (PACKAGED.matcher(path).matches()) {
            String file = "/" + path + ".java";
            String simple = path.substring(path.lastIndexOf('/') + 1);
            return classes.getOrDefault(simple, List.of()).stream().anyMatch(source -> source.endsWith(file));
        }
        if (name.startsWith("dev.clew.")) {
            return Files.isDirectory(Path.of(CODE + path));
        }
        if (CLASS.matcher(name).matches()) {
            return classes.containsKey(name) || FOREIGN.contains(name);
        }
        Matcher file = FILE.matcher(name);
        return !file.matches()
                || !Files.isDirectory(Path.of(file.group(2)))
                || MADE.contains(file.group(2))
                || EXAMPLES.contains(file.group(1))
                || Files.exists(Path.of(file.group(1)))
                || Files.exists(page.resolveSibling(file.group(1)));
    }

    /** Returns the path of each class's source, by simple name. */
    private static Map<String, List<String>> classes() {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .collect(Collectors.groupingBy(
                            file -> file.substring(file.lastIndexOf('/') + 1, file.length() - 5)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                "gateway/FailureHandler",
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

    /** Returns whether the page has a heading with this anchor, as GitHub derives it. */
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

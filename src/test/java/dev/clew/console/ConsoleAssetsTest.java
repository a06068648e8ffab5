package dev.clew.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsoleAssetsTest {

    private static final Path SOURCES = Path.of("src/main/resources/console");
    private static final Pattern LISTED = Pattern.compile("/console/assets/([^/\"]+)/([^\"]+)\"");
    private static final Pattern IMPORTED =
            Pattern.compile("(?m)^(?:import|export) .*?from '([^']+)'|^import '([^']+)'");

    private final ConsoleAssets assets = ConsoleAssets.load();
    private final String page = assets.page().plain().toString(UTF_8);

    private Set<String> listed() {
        return LISTED.matcher(page).results().map(file -> file.group(2)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void thePageListsEveryFile() throws IOException {
        Set<String> sources = sources().stream()
                .map(file -> SOURCES.relativize(file).toString().replace('\\', '/'))
                .filter(file -> !file.equals("index.html"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> own = listed();
        own.removeIf(file -> file.startsWith("lit/"));
        assertEquals(sources, own);
    }

    @Test
    void everyImportIsListed() throws IOException {
        Set<String> listed = listed();
        for (Path file : sources()) {
            Matcher imported = IMPORTED.matcher(file.toString().endsWith(".js") ? Files.readString(file) : "");
            while (imported.find()) {
                String target = imported.group(1) == null ? imported.group(2) : imported.group(1);
                String name = SOURCES.relativize(file.resolveSibling(target).normalize())
                        .toString()
                        .replace('\\', '/');
                assertTrue(listed.contains(name), file + " imports " + target);
            }
        }
    }

    @Test
    void aFilesPathHasTheHashOfAllFiles() {
        assertNotNull(assets.file("/console/assets/" + assets.hash() + "/main.js"));
        assertNull(assets.file("/console/assets/0123456789abcdef/main.js"));
        assertNull(assets.file("/console/assets/@/main.js"));
        assertNull(assets.file("/console/assets/" + assets.hash() + "/../index.html"));
        assertNull(assets.file("/console/assets/"));
        assertEquals(assets.hash(), ConsoleAssets.load().hash());
    }

    @Test
    void isBelow200KilobytesCompressed() {
        int total = assets.page().gzip().length();
        for (String name : listed()) {
            total += Objects.requireNonNull(assets.file("/console/assets/" + assets.hash() + '/' + name))
                    .gzip()
                    .length();
        }
        assertTrue(total < 200_000, "compressed: " + total);
    }

    @Test
    void nothingIsInlineOrOfAnotherOrigin() throws IOException {
        for (Path file : sources()) {
            String text = Files.readString(file);
            assertTrue(!text.contains(" style=") && !text.contains("<style"), file + ": an inline style");
            assertTrue(!text.contains(" onclick=") && !text.contains("javascript:"), file + ": an inline script");
            String urls = text.replaceAll("https://(acme\\.example\\.com|tempo\\.example)", "")
                    .replace("http://www.w3.org/2000/svg", "")
                    .replace("`http://${text}`", "");
            assertTrue(!urls.matches("(?s).*https?://[a-z].*"), file + ": a URL of another origin");
        }
    }

    @Test
    void noSourceIsTooLong() throws IOException {
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            assertTrue(lines.size() <= 250, file + ": " + lines.size() + " lines");
            boolean isWrapped = !file.toString().endsWith(".svg");
            assertTrue(!isWrapped || lines.stream().allMatch(line -> line.length() <= 120), file + ": long lines");
        }
    }
}

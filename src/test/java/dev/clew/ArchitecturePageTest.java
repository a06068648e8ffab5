package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pictures and the table in {@code docs/architecture.md} are drawn from the code. */
class ArchitecturePageTest {

    private static final Path PAGE = Path.of("docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/clew");
    private static final String ROOT = "dev.clew.";
    private static final boolean WRITES = Boolean.getBoolean("clew.docs.write");

    private static final Pattern HANDLER = Pattern.compile("\\.handler\\((?:this::|RequestPipeline::)?(\\w+)\\)");
    private static final Pattern SUMMARY = Pattern.compile("/\\*\\*(.*?)\\.\\s", Pattern.DOTALL);

    @Test
    void roomsAreDrawnAsTheyDependOnEachOther() throws IOException {
        List<String> picture = new ArrayList<>(List.of("```mermaid", "flowchart TD"));
        Map<String, Set<String>> uses = uses();
        uses.forEach((room, used) -> used.stream()
                .filter(other -> !isReachedOtherwise(uses, room, other))
                .forEach(other -> picture.add("    " + room + " --> " + other)));
        picture.add("```");
        check("rooms", picture);
    }

    @Test
    void everyRoomIsListedWithWhatItIsFor() throws IOException {
        List<String> table = new ArrayList<>(List.of("| room | holds |", "|---|---|"));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path room : files.filter(file -> file.endsWith("package-info.java"))
                    .map(Path::getParent)
                    .sorted()
                    .toList()) {
                String summary = summary(Files.readString(room.resolve("package-info.java")));
                table.add("| `" + SOURCES.relativize(room) + "` | " + summary + " |");
            }
        }
        check("list", table);
    }

    @Test
    void filtersAreDrawnInTheirOrder() throws IOException {
        String pipeline = Files.readString(SOURCES.resolve("gateway/RequestPipeline.java"));
        List<String> picture = new ArrayList<>(List.of("```mermaid", "flowchart TD"));
        Matcher handlers = HANDLER.matcher(pipeline);
        String before = "client";
        while (handlers.find()) {
            picture.add("    " + before + " --> " + handlers.group(1));
            before = handlers.group(1);
        }
        picture.add("    " + before + " --> upstream");
        picture.add("```");
        check("way", picture);
    }

    /** Top-level rooms, by the top-level rooms that they use. */
    private static Map<String, Set<String>> uses() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.clew")) {
            String room = room(type);
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(ArchitecturePageTest::room)
                    .filter(used -> !used.equals(room))
                    .forEach(used ->
                            uses.computeIfAbsent(room, added -> new TreeSet<>()).add(used));
        }
        return uses;
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName().substring(ROOT.length());
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    /**
     * Returns whether a package that {@code from} uses leads to {@code to} as well, which makes a direct arrow
     * redundant.
     */
    private static boolean isReachedOtherwise(Map<String, Set<String>> uses, String from, String to) {
        Set<String> reached = new TreeSet<>();
        List<String> open = new ArrayList<>(of(uses, from));
        open.remove(to);
        while (!open.isEmpty()) {
            for (String next : of(uses, open.remove(open.size() - 1))) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached.contains(to);
    }

    private static Collection<String> of(Map<String, Set<String>> uses, String room) {
        return uses.getOrDefault(room, Set.of());
    }

    private static String summary(String source) {
        Matcher found = SUMMARY.matcher(source);
        return found.find()
                ? found.group(1)
                        .replaceAll("\\s*\\n \\*\\s*", " ")
                        .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                        .strip()
                : "";
    }

    /** Compares the part of the page between two markers, or writes it where {@code clew.docs.write} is set. */
    private static void check(String part, List<String> lines) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- " + part + ": written by ArchitecturePageTest -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end -->", from);
        String text = lines.stream().collect(Collectors.joining("\n", "\n", "\n\n"));
        if (WRITES) {
            Files.writeString(PAGE, page.substring(0, from) + text + page.substring(to));
        } else {
            assertEquals(text, page.substring(from, to), "write it with -Dclew.docs.write=true");
        }
    }
}

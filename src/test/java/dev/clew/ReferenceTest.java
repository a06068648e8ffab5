package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.clew.error.ErrorKind;
import dev.clew.export.queue.DropReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference in {@code docs/} is in step with the code. */
class ReferenceTest {

    private static final Path DOCS = Path.of("docs");

    @Test
    void errorsListsEveryKindWithItsStatus() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(DOCS.resolve("errors.md"))) {
            if (line.startsWith("| `")) {
                String[] cells = line.split("\\|", -1);
                documented.put(cells[1].replace('`', ' ').strip(), cells[2].strip());
            }
        }
        Map<String, String> kinds = Arrays.stream(ErrorKind.values())
                .collect(Collectors.toMap(ErrorKind::code, kind -> Integer.toString(kind.status())));
        assertEquals(new TreeMap<>(kinds), documented);
    }

    @Test
    void tracingListsEveryReasonForDroppingASpan() throws IOException {
        String tracing = Files.readString(DOCS.resolve("tracing.md"));
        List<String> missing = Arrays.stream(DropReason.values())
                .map(DropReason::tag)
                .filter(tag -> !tracing.contains('`' + tag + '`'))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void whatIsWatchedIsExplainedWhereItsSubjectIs() throws IOException {
        StringBuilder reference = new StringBuilder();
        for (String page : List.of("authentication", "configuration", "http", "limits", "tracing")) {
            reference.append(Files.readString(DOCS.resolve(page + ".md")));
        }
        List<String> metrics = Pattern.compile("clew_[a-z_]+?(?=_count|_bucket|\\W)")
                .matcher(Files.readString(DOCS.resolve("watching.md")))
                .results()
                .map(match -> match.group())
                .toList();
        assertFalse(metrics.isEmpty());
        assertEquals(
                List.of(),
                metrics.stream()
                        .filter(metric -> reference.indexOf('`' + metric) < 0)
                        .toList());
    }

    @Test
    void theIndexOfDecisionsListsEachOne() throws IOException {
        Path folder = DOCS.resolve("adr");
        String index = Files.readString(folder.resolve("README.md"));
        try (Stream<Path> files = Files.list(folder)) {
            List<String> missing = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md") && !index.contains("(" + name + ")"))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }
}

package dev.clew.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FilterExampleTest {

    /** The example also runs in {@code contract.extension.RequestFilterTest}. */
    @Test
    void theDocumentationShowsTheFilterThatIsTested() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/clew/extension/PlanFilter.java"));
        String page = Files.readString(Path.of("docs/filters.md"));
        String begin = "```java\n";
        int start = page.indexOf(begin) + begin.length();
        String shown = page.substring(start, page.indexOf("```", start));
        assertEquals(source.substring(source.indexOf("import ")), shown);
    }
}

package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.testing.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The alerting rules that operators copy. */
class AlertsTest {

    private static final Path RULES = Path.of("docs/alerts.yml");
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (.*)$");
    /** A row of the page's table of alerts: the query is the first code in its second cell. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| [^`|]+ \\| `((?:[^`])+)`.*$");

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void pageQuotesTheRulesInTheirOrder() throws IOException {
        String page = Files.readString(Path.of("docs/watching.md"));
        String table = page.substring(page.indexOf("| alert when"));
        List<String> quoted =
                all(ROW, table).stream().map(cell -> cell.replace("\\|", "|")).toList();

        assertTrue(quoted.size() >= 6, quoted::toString);
        assertEquals(all(EXPRESSION, Files.readString(RULES)), quoted);
    }

    @ParameterizedTest
    @CsvSource({"check rules, docs/alerts.yml", "test rules, src/test/resources/alerts.test.yml"})
    void promtoolFindsTheRulesRight(String command, String file) throws Exception {
        String[] words = command.split(" ", -1);
        String said = Prometheus.run(Prometheus.command("promtool", words[0], words[1], file));
        List<MatchResult> success =
                Pattern.compile("SUCCESS").matcher(said).results().toList();
        assertTrue(said.endsWith("0") && success.size() == 1, said);
    }
}

package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.testing.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alerting rules that operators copy. */
class AlertsTest {

    private static final Path RULES = Path.of("docs/alerts.yml");

    /** A row of the page's table of alerts: when, the query, and the runbook. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| [^`|]+ \\| `([^`]+)` \\| \\[(\\w+)]\\(#\\w+\\) \\|$");

    private static List<Map<?, ?>> rules() throws IOException {
        Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(RULES));
        List<Map<?, ?>> rules = new ArrayList<>();
        for (Object group : (List<?>) file.get("groups")) {
            ((List<?>) ((Map<?, ?>) group).get("rules")).forEach(rule -> rules.add((Map<?, ?>) rule));
        }
        return rules;
    }

    @Test
    void pageQuotesTheRulesInTheirOrder() throws IOException {
        String page = Files.readString(Path.of("docs/watching.md"));
        List<String> quoted = ROW.matcher(page.substring(page.indexOf("| alert when")))
                .results()
                .map(row -> row.group(2) + ": " + row.group(1).replace("\\|", "|"))
                .toList();

        assertTrue(quoted.size() >= 6, quoted::toString);
        assertEquals(
                rules().stream()
                        .map(rule -> rule.get("alert") + ": " + rule.get("expr"))
                        .toList(),
                quoted);
    }

    @Test
    void eachRuleHasARunbook() throws IOException {
        String page = Files.readString(Path.of("docs/watching.md"));
        for (Map<?, ?> rule : rules()) {
            String name = (String) rule.get("alert");
            assertEquals(
                    "docs/watching.md#" + name.toLowerCase(Locale.ROOT),
                    ((Map<?, ?>) rule.get("annotations")).get("runbook_url"));
            assertTrue(page.contains("\n### " + name + "\n"), name);
        }
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

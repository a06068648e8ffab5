package dev.clew.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClewTest {

    @Test
    void withoutACommandTheGatewayServes() {
        assertFalse(Clew.isMeant());
        assertFalse(Clew.isMeant("-Dquarkus.http.port=8081"));
        assertTrue(Clew.isMeant("--help"));
        assertTrue(Clew.isMeant("validate", "."));
        assertTrue(Clew.isMeant("no-such-command"));
    }

    @Test
    void aMistypedCommandSuggestsTheRightOne() {
        CommandRun run = CommandRun.of("validte");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("Did you mean: clew validate?"), run.err());
        assertEquals(2, run.err().lines().count());
    }

    @Test
    void aMissingOptionIsOneLineAndAHint() {
        CommandRun run = CommandRun.of("explain");

        assertEquals(2, run.code());
        assertEquals(
                "clew: Missing required options: '--host=<host>', '--path=<path>'\nTry 'clew explain --help'.\n",
                run.err());
    }

    @Test
    void helpNamesEveryCommandAndExitCode() {
        CommandRun run = CommandRun.of("--help");

        assertEquals(0, run.code());
        for (String word : Set.of("validate", "explain", "diff", "trace", "tail", "top", "coverage", "config")) {
            assertTrue(run.out().contains("\n  " + word + " "), word + " in " + run.out());
        }
        assertTrue(run.out().contains("\n  3  a file cannot be read"), run.out());
    }

    @Test
    void everyOptionAndCommandIsDescribed() {
        check(Clew.commandLine());
    }

    private static void check(CommandLine line) {
        assertTrue(line.getCommandSpec().usageMessage().description().length > 0, line.getCommandName());
        line.getCommandSpec()
                .args()
                .forEach(argument ->
                        assertTrue(argument.description().length > 0, line.getCommandName() + " " + argument));
        line.getSubcommands().values().forEach(ClewTest::check);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void aShellCanComplete(String shell) {
        CommandRun run = CommandRun.of("completion", shell);

        assertEquals(0, run.code());
        assertTrue(run.out().contains("validate") && run.out().contains("fail-under"), run.out());
    }

    @Test
    void everyCommandHasAManualPage() {
        Map<String, String> pages = ManPage.all();

        assertEquals(
                new TreeSet<>(Set.of(
                        "clew.1",
                        "clew-validate.1",
                        "clew-explain.1",
                        "clew-diff.1",
                        "clew-trace.1",
                        "clew-tail.1",
                        "clew-top.1",
                        "clew-coverage.1",
                        "clew-config.1",
                        "clew-config-show.1",
                        "clew-force-token.1",
                        "clew-hash-key.1",
                        "clew-completion.1")),
                new TreeSet<>(pages.keySet()));
        String page = pages.get("clew-coverage.1");
        assertTrue(page.startsWith(".TH CLEW-COVERAGE 1"), page);
        assertTrue(page.contains(".B \\-\\-fail\\-under PERCENT\n"), page);
        assertTrue(pages.get("clew.1").contains(".SH EXIT STATUS"), pages.get("clew.1"));
    }
}

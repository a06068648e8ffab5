package dev.clew.cli;

import dev.clew.cli.ConfigFolder.Checked;
import dev.clew.tenant.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks configuration files as a gateway does when it starts. */
@Command(
        name = "validate",
        description = {
            "Checks configuration files as the gateway does when it starts.",
            "Exits with 1 if there are problems."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class Validate implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR|FILE",
            arity = "0..*",
            description = "A folder with gateway/ and tenants/, or files (default: CLEW_CONFIG, or this folder).")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text, json, or github for annotations of GitHub Actions (default: text).")
    private Format format = Format.TEXT;

    @Option(
            names = "--allow-warnings",
            description = "Exits with 0 if the gateway would serve all tenants in spite of the problems.")
    private boolean warningsAllowed;

    @Mixin
    private Printer output;

    /** The formats of the result. */
    enum Format {
        TEXT,
        JSON,
        GITHUB
    }

    @Override
    public Integer call() {
        Checked checked = ConfigFolder.check(paths);
        switch (format) {
            case TEXT -> print(checked);
            case JSON -> output.json(json(checked));
            case GITHUB -> checked.problems().forEach(problem -> output.line(annotation(checked.root(), problem)));
        }
        boolean rejected = checked.problems().stream().anyMatch(problem -> !warningsAllowed || !problem.tolerated());
        return rejected ? ExitCode.NEGATIVE : ExitCode.OK;
    }

    private void print(Checked checked) {
        for (Problem problem : checked.problems()) {
            String kind = problem.tolerated() ? output.yellow("warning") : output.red("error");
            output.line(output.bold(place(problem)) + ": " + kind + ": "
                    + (problem.key().isEmpty() ? "" : problem.key() + ": ") + problem.message());
            if (!problem.excerpt().isEmpty()) {
                String number = "  " + problem.line() + " | ";
                output.line(output.faint(number) + problem.excerpt());
                boolean whole = problem.column() > 0 && problem.excerpt().indexOf('…') < 0;
                if (whole) {
                    output.line(" ".repeat(number.length() + problem.column() - 1) + output.green("^"));
                }
            }
        }
        int tenants = checked.check().snapshot().tenants().size();
        output.line((tenants == 1 ? "1 tenant" : tenants + " tenants") + " would be served, "
                + (checked.problems().isEmpty()
                        ? "no problems"
                        : problems(checked.problems().size())));
    }

    private static String problems(int number) {
        return number == 1 ? "1 problem" : number + " problems";
    }

    private static String place(Problem problem) {
        return problem.file()
                + (problem.line() == 0 ? "" : ":" + problem.line())
                + (problem.column() == 0 ? "" : ":" + problem.column());
    }

    private static JsonObject json(Checked checked) {
        JsonArray problems = new JsonArray();
        for (Problem problem : checked.problems()) {
            problems.add(new JsonObject()
                    .put("file", problem.file())
                    .put("line", problem.line() == 0 ? null : problem.line())
                    .put("column", problem.column() == 0 ? null : problem.column())
                    .put("key", problem.key().isEmpty() ? null : problem.key())
                    .put("message", problem.message())
                    .put("excerpt", problem.excerpt().isEmpty() ? null : problem.excerpt())
                    .put("severity", problem.tolerated() ? "warning" : "error"));
        }
        return new JsonObject()
                .put("tenants", checked.check().snapshot().tenants().size())
                .put("problems", problems);
    }

    /** Returns a workflow command of GitHub Actions. */
    private static String annotation(Path root, Problem problem) {
        StringBuilder line = new StringBuilder(problem.tolerated() ? "::warning " : "::error ");
        line.append("file=").append(property(root.resolve(problem.file()).toString()));
        if (problem.line() > 0) {
            line.append(",line=").append(problem.line());
        }
        if (problem.column() > 0) {
            line.append(",col=").append(problem.column());
        }
        String message = (problem.key().isEmpty() ? "" : problem.key() + ": ") + problem.message();
        return line.append("::").append(data(message)).toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}

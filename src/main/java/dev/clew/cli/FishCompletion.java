package dev.clew.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes completions for fish. */
final class FishCompletion {

    private FishCompletion() {}

    static String of(CommandLine clew) {
        List<String> lines = new ArrayList<>();
        String names = String.join(" ", clew.getSubcommands().keySet());
        lines.add("complete -c clew -f -n 'not __fish_seen_subcommand_from " + names + "'");
        options(clew.getCommandSpec(), "not __fish_seen_subcommand_from " + names, lines);
        subcommands(clew, "not __fish_seen_subcommand_from " + names, lines);
        return String.join("\n", lines);
    }

    private static void subcommands(CommandLine parent, String condition, List<String> lines) {
        for (Map.Entry<String, CommandLine> command : parent.getSubcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            lines.add("complete -c clew -n '" + condition + "' -a " + command.getKey() + " -d "
                    + quoted(first(spec.usageMessage().description())));
            String inside = "__fish_seen_subcommand_from " + command.getKey();
            options(spec, inside, lines);
            if (!command.getValue().getSubcommands().isEmpty()) {
                subcommands(command.getValue(), inside, lines);
            }
        }
    }

    private static void options(CommandSpec spec, String condition, List<String> lines) {
        for (OptionSpec option : spec.options()) {
            StringBuilder line = new StringBuilder("complete -c clew -n '" + condition + "'");
            for (String name : option.names()) {
                line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
            }
            if (option.arity().max() > 0) {
                line.append(" -r");
            }
            lines.add(line + " -d " + quoted(first(option.description())));
        }
    }

    private static String first(String[] description) {
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

package dev.clew.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes manual pages (roff, as {@code man(7)} describes), one for each command, from the commands' declarations. */
public final class ManPage {

    private ManPage() {}

    /** Returns the pages by file name, such as {@code clew-validate.1}. */
    public static Map<String, String> all() {
        Map<String, String> pages = new LinkedHashMap<>();
        add(Clew.commandLine(), pages);
        return pages;
    }

    private static void add(CommandLine line, Map<String, String> pages) {
        CommandSpec spec = line.getCommandSpec();
        pages.put(spec.qualifiedName("-") + ".1", page(line));
        line.getSubcommands().values().stream()
                .filter(command -> !command.getCommandName().equals("help"))
                .forEach(command -> add(command, pages));
    }

    private static String page(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        String name = spec.qualifiedName("-");
        String[] description = spec.usageMessage().description();
        List<String> out = new ArrayList<>();
        out.add(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" clew \"Clew manual\"");
        out.add(".SH NAME");
        out.add(escaped(name + " - " + description[0]));
        out.add(".SH SYNOPSIS");
        out.add(".B " + escaped(spec.qualifiedName(" ")));
        out.add(escaped(synopsis(spec)));
        out.add(".SH DESCRIPTION");
        for (String sentence : description) {
            out.add(escaped(sentence));
        }
        parameters(spec, out);
        commands(line, out);
        if (spec.usageMessage().footer().length > 0) {
            out.add(".SH EXIT STATUS");
            out.add(".nf");
            for (String code : spec.usageMessage().footer()) {
                out.add(escaped(code));
            }
            out.add(".fi");
        }
        return String.join("\n", out) + "\n";
    }

    private static String synopsis(CommandSpec spec) {
        StringBuilder synopsis = new StringBuilder("[OPTION]...");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            synopsis.append(" [").append(parameter.paramLabel()).append(']');
        }
        return spec.subcommands().isEmpty()
                ? synopsis.toString()
                : synopsis.append(" [COMMAND]").toString();
    }

    private static void parameters(CommandSpec spec, List<String> out) {
        out.add(".SH OPTIONS");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            entry(parameter.paramLabel(), parameter.description(), out);
        }
        for (OptionSpec option : spec.options()) {
            String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
            entry(String.join(", ", option.names()) + value, option.description(), out);
        }
    }

    private static void commands(CommandLine line, List<String> out) {
        if (!line.getSubcommands().isEmpty()) {
            out.add(".SH COMMANDS");
            line.getSubcommands()
                    .forEach((name, command) ->
                            entry(name, command.getCommandSpec().usageMessage().description(), out));
        }
    }

    private static void entry(String term, String[] description, List<String> out) {
        out.add(".TP");
        out.add(".B " + escaped(term));
        for (String sentence : description) {
            out.add(escaped(sentence));
        }
    }

    /** Keeps text from being read as a request or an escape. */
    private static String escaped(String text) {
        String plain = text.strip().replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}

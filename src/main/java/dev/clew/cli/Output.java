package dev.clew.cli;

import picocli.CommandLine.Option;

/** The option that chooses the format of a command's output. */
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class Output extends Printer {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: text).")
    private OutputFormat format = OutputFormat.TEXT;

    boolean isJson() {
        return format == OutputFormat.JSON;
    }
}

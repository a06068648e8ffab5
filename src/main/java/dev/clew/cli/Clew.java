package dev.clew.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The command line: {@code clew} without a command serves. */
@Command(
        name = "clew",
        description = {
            "An ingress gateway for multi-tenant SaaS on Kubernetes.",
            "Without a command, the gateway serves."
        },
        synopsisHeading = "%nUsage: ",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done",
            "  1  done, with a negative result: problems, differences, nothing found",
            "  2  unknown command, option or value",
            "  3  a file cannot be read, or the gateway cannot be asked"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Validate.class,
            Explain.class,
            Diff.class,
            TraceCommand.class,
            Tail.class,
            Top.class,
            CoverageCommand.class,
            ConfigCommand.class,
            ForceTokenCommand.class,
            HashKey.class,
            Completion.class,
            HelpCommand.class
        })
public final class Clew {

    private static final List<String> OPTIONS = List.of("-h", "--help", "-V", "--version");

    Clew() {}

    /** Returns whether the arguments are for the command line; the gateway serves with all others. */
    public static boolean isMeant(String... arguments) {
        return arguments.length > 0 && (!arguments[0].startsWith("-") || OPTIONS.contains(arguments[0]));
    }

    /** Runs a command; returns its exit code. */
    public static int run(String... arguments) {
        // Whatever the platform's encoding is: messages have signs that are not in ASCII.
        return commandLine()
                .setOut(utf8(FileDescriptor.out))
                .setErr(utf8(FileDescriptor.err))
                .execute(arguments);
    }

    private static PrintWriter utf8(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Clew());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExitCodeExceptionMapper(failure -> ExitCode.FAILED);
        line.setExecutionExceptionHandler(Clew::failed);
        line.setParameterExceptionHandler((wrong, arguments) -> unusable(wrong));
        return line;
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (!(failure instanceof CommandFailure)) {
            throw failure;
        }
        line.getErr().println(line.getColorScheme().errorText("clew: " + failure.getMessage()));
        return ExitCode.FAILED;
    }

    /** Prints one line and where to find help, instead of the whole help. */
    private static int unusable(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println(line.getColorScheme().errorText("clew: " + wrong.getMessage()));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, line.getErr())) {
            line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }
}

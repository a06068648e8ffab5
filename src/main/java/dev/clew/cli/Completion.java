package dev.clew.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a script with which a shell completes commands and options. */
@Command(
        name = "completion",
        description = {
            "Prints a script with which a shell completes commands and options.",
            "bash, zsh: source <(clew completion bash); fish: clew completion fish | source"
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli assigns them
final class Completion implements Callable<Integer> {

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    @Mixin
    private Printer output;

    /** The shells. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Override
    public Integer call() {
        CommandLine line = Clew.commandLine();
        // The script for bash detects zsh, and then has it read completions of bash.
        output.line(shell == Shell.FISH ? FishCompletion.of(line) : AutoComplete.bash("clew", line));
        return ExitCode.OK;
    }
}

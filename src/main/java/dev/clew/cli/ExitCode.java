package dev.clew.cli;

/** The exit codes of all commands. */
final class ExitCode {

    static final int OK = 0;

    /** The command has worked, and its result is negative: problems, differences, nothing found. */
    static final int NEGATIVE = 1;

    /** Unknown command, option or value. */
    static final int USAGE = 2;

    /** A file that cannot be read, or a gateway that cannot be asked. */
    static final int FAILED = 3;

    private ExitCode() {}
}

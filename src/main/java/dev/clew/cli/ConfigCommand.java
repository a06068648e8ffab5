package dev.clew.cli;

import picocli.CommandLine.Command;

/** Commands about the configuration as a whole. */
@Command(
        name = "config",
        description = "Shows the configuration.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ConfigShow.class)
final class ConfigCommand {}

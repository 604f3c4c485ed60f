package io.bactrian.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "conflicts",
        description = "Rows that both databases changed: lists, shows and resolves them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ConflictsListCommand.class,
            ConflictsShowCommand.class,
            ConflictsResolveCommand.class
        })
final class ConflictsCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;
}

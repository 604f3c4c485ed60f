package io.bactrian.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description = "Saves a database; lists, proves and prunes backups.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BackupCreateCommand.class,
            BackupListCommand.class,
            BackupVerifyCommand.class,
            BackupPruneCommand.class
        },
        footer = {"", "'bactrian restore' makes a database of a backup again."})
final class BackupCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;
}

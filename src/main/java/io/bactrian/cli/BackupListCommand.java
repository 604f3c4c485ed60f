package io.bactrian.cli;

import io.bactrian.backup.BackupLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description = {
            "Lists backups, newest first, and says of each whether it is good.",
            "Sizes of files are compared, contents are not: 'backup verify' reads them."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian backup list",
            "  bactrian backup list --json --set bactrian.backup.dir=/mnt/backups"
        })
final class BackupListCommand extends Verb {

    @Override
    protected Answer run(RunContext context) {
        Path dir = context.settings().backup().dir();
        List<BackupLine> lines = BackupLine.all(dir);
        return Answer.ok(
                "backups",
                lines,
                lines.isEmpty() ? "no backups in " + dir : table(lines).toString());
    }

    private static TextTable table(List<BackupLine> lines) {
        TextTable table = new TextTable("BACKUP", "DATABASE", "TABLES", "ROWS", "BYTES", "STATE");
        lines.forEach(
                l ->
                        table.row(
                                l.backupId(),
                                l.database() == null ? "" : l.name() + "/" + l.database(),
                                l.tables(),
                                l.rows() == null ? "" : Units.count(l.rows()),
                                l.bytes() == null ? "" : Units.bytes(l.bytes()),
                                words(l)));
        return table;
    }

    private static String words(BackupLine line) {
        String word = line.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (line.state()) {
            case GOOD -> line.whole() ? word : word + ", a part";
            case DAMAGED -> word + ": " + line.fault();
            default -> word;
        };
    }
}

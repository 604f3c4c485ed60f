package io.bactrian.cli;

import io.bactrian.backup.Backup;
import io.bactrian.backup.BackupStore;
import io.bactrian.backup.BackupStore.Entry;
import io.bactrian.backup.BackupStore.State;
import io.bactrian.backup.Manifest;
import io.bactrian.state.RunId;
import java.nio.file.Path;
import java.time.Instant;
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

    /**
     * One backup, or what looks like one.
     *
     * @param database the schema it is of; null where the manifest is lost, and so are those
     *     further down but path, state and fault
     * @param name of that database in the settings
     * @param whole whether it holds all of the database
     * @param fault what is wrong; null for a good one
     */
    record Line(
            String backupId,
            String database,
            String name,
            Instant createdAt,
            Integer tables,
            Long rows,
            Long bytes,
            String path,
            Boolean whole,
            Manifest.Reason reason,
            State state,
            String fault) {

        static Line of(Entry entry) {
            String path = entry.folder().toAbsolutePath().normalize().toString();
            Backup backup = entry.backup();
            if (backup == null) {
                return new Line(
                        entry.id(),
                        null,
                        null,
                        RunId.start(entry.id()).orElse(null),
                        null,
                        null,
                        null,
                        path,
                        null,
                        null,
                        entry.state(),
                        entry.reason());
            }
            Manifest manifest = backup.manifest();
            return new Line(
                    entry.id(),
                    manifest.origin().database(),
                    manifest.origin().name(),
                    manifest.finishedAt(),
                    manifest.tables().size(),
                    manifest.rows(),
                    manifest.bytes(),
                    path,
                    manifest.isWhole(),
                    manifest.reason(),
                    entry.state(),
                    entry.reason());
        }

        private String words() {
            String word = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return switch (state) {
                case GOOD -> whole ? word : word + ", a part";
                case DAMAGED -> word + ": " + fault;
                default -> word;
            };
        }
    }

    @Override
    protected Answer run(RunContext context) {
        Path dir = context.settings().backup().dir();
        List<Line> lines = new BackupStore(dir).list().stream().map(Line::of).toList();
        return Answer.ok(
                "backups",
                lines,
                lines.isEmpty() ? "no backups in " + dir : table(lines).toString());
    }

    private static TextTable table(List<Line> lines) {
        TextTable table = new TextTable("BACKUP", "DATABASE", "TABLES", "ROWS", "BYTES", "STATE");
        lines.forEach(
                l ->
                        table.row(
                                l.backupId(),
                                l.database() == null ? "" : l.name() + "/" + l.database(),
                                l.tables(),
                                l.rows() == null ? "" : Units.count(l.rows()),
                                l.bytes() == null ? "" : Units.bytes(l.bytes()),
                                l.words()));
        return table;
    }
}

package io.bactrian.cli;

import io.bactrian.config.DatabaseSettings;
import io.bactrian.config.Settings;
import io.bactrian.sql.Database;
import io.bactrian.sql.Names;
import io.bactrian.sql.TableFacts;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "tables",
        description = {
            "Lists tables with rows, bytes, key, and whether they can sync.",
            "Rows and bytes are the server's estimates."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian tables local",
            "  bactrian tables remote --tables 'order*' --json"
        })
final class TablesCommand extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the database.")
    private String name;

    /** The fields of the JSON document. */
    record Found(String database, String schema, List<Line> tables) {}

    /**
     * One table.
     *
     * @param reason why it cannot sync, and the statement that mends it; null if it can
     */
    record Line(
            String table,
            String engine,
            long rows,
            long bytes,
            List<String> key,
            boolean syncable,
            String reason) {

        static Line of(TableFacts table) {
            String reason = reason(table);
            return new Line(
                    table.name(),
                    table.engine(),
                    table.rows(),
                    table.bytes(),
                    table.rowKey(),
                    reason == null,
                    reason);
        }

        private static String reason(TableFacts table) {
            String alter = "ALTER TABLE " + Names.quote(table.name());
            if (!"InnoDB".equalsIgnoreCase(table.engine())) {
                return "engine "
                        + table.engine()
                        + " has no transactions: "
                        + alter
                        + " ENGINE=InnoDB";
            }
            if (!table.primaryKey().isEmpty()) {
                return null;
            }
            return "no primary key: "
                    + alter
                    + (table.rowKey().isEmpty()
                            ? " ADD COLUMN id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY"
                            : " ADD PRIMARY KEY (" + Names.list(table.rowKey()) + ")");
        }
    }

    @Override
    protected Answer run(RunContext context) {
        Settings settings = context.settings();
        DatabaseSettings where = settings.database(name);
        List<TableFacts> all;
        try (Database database = Database.open(where, 1, settings.connectionTimeout())) {
            all = TableFacts.read(database);
        }
        settings.tables().requireMatches(all.stream().map(TableFacts::name).toList(), name);
        List<Line> lines =
                all.stream().filter(t -> settings.tables().test(t.name())).map(Line::of).toList();
        return Answer.ok(
                new Found(name, where.database(), lines),
                lines.isEmpty() ? "no tables in " + where : table(lines).toString());
    }

    private static TextTable table(List<Line> lines) {
        TextTable table = new TextTable("TABLE", "ROWS", "BYTES", "KEY", "SYNC");
        lines.forEach(
                l ->
                        table.row(
                                l.table(),
                                "~" + Units.count(l.rows()),
                                Units.bytes(l.bytes()),
                                l.key().isEmpty() ? "none" : String.join(", ", l.key()),
                                l.syncable() ? "yes" : "no: " + l.reason()));
        return table;
    }
}

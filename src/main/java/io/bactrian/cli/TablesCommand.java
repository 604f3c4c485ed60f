package io.bactrian.cli;

import io.bactrian.route.Watch;
import io.bactrian.sync.TableLine;
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

    @Override
    protected Answer run(RunContext context) {
        Watch.Tables found = Watch.tables(context.settings(), name);
        return Answer.ok(
                found,
                found.tables().isEmpty()
                        ? "no tables in " + context.settings().database(name)
                        : table(found.tables()).toString());
    }

    private static TextTable table(List<TableLine> lines) {
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

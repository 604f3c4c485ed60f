package io.bactrian.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.sql.ExactJson;
import io.bactrian.sync.ConflictLine;
import io.bactrian.sync.Conflicts;
import io.bactrian.sync.Sides;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows one conflict column by column; a star marks what is not the same.",
        footer = {"", "Examples:", "  bactrian conflicts show 12"})
final class ConflictsShowCommand extends SyncVerb {

    @Parameters(paramLabel = "ID", description = "Number of the conflict.")
    private long id;

    @Override
    Answer run(RunContext context, Sides sides) {
        ConflictLine line = ConflictLine.of(new Conflicts(sides).get(id));
        return Answer.ok("conflict", line, text(line));
    }

    static String text(ConflictLine line) {
        JsonNode base = read(line.baseData());
        JsonNode local = read(line.localData());
        JsonNode remote = read(line.remoteData());
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode row : List.of(local, remote, base)) {
            row.fieldNames().forEachRemaining(columns::add);
        }
        TextTable table = new TextTable("", "COLUMN", "BASE", "LOCAL", "REMOTE");
        for (String column : columns) {
            String mine = value(local, column);
            String other = value(remote, column);
            table.row(mine.equals(other) ? "" : "*", column, value(base, column), mine, other);
        }
        return "conflict "
                + line.id()
                + ": "
                + line.conflictType()
                + " of "
                + line.tableName()
                + " "
                + line.recordId()
                + ", detected "
                + line.detectedAt()
                + ", "
                + (line.resolution() == null
                        ? "waits for a decision"
                        : "resolved to " + line.resolution() + " by " + line.resolvedBy())
                + (local.isEmpty() ? "\nthe local database has no such row" : "")
                + (remote.isEmpty() ? "\nthe remote database has no such row" : "")
                + "\n\n"
                + table;
    }

    private static String value(JsonNode row, String column) {
        JsonNode value = row.get(column);
        return value == null ? "" : value.isTextual() ? value.asText() : value.toString();
    }

    private static JsonNode read(String json) {
        return ExactJson.ofServer(json == null ? "{}" : json);
    }
}

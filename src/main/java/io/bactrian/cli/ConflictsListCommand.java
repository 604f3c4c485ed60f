package io.bactrian.cli;

import io.bactrian.error.ConfigException;
import io.bactrian.sync.ConflictLine;
import io.bactrian.sync.Conflicts;
import io.bactrian.sync.Sides;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "Lists conflicts of both databases, newest first.",
        footer = {
            "",
            "Examples:",
            "  bactrian conflicts list --waiting",
            "  bactrian conflicts list --tables orders --json"
        })
final class ConflictsListCommand extends SyncVerb {
    @Option(names = "--waiting", description = "Only those that wait for a decision.")
    private boolean waiting;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most (default 1000).")
    private int limit = 1000;

    @Override
    Answer run(RunContext context, Sides sides) {
        if (limit < 1) {
            throw new ConfigException("--limit", "is " + limit, "give a number from 1 on");
        }
        List<Conflicts.Kept> found =
                new Conflicts(sides).list(waiting, context.settings().tables()::test, limit);
        List<ConflictLine> lines = found.stream().map(ConflictLine::of).toList();
        return Answer.ok(
                "conflicts",
                lines,
                text(lines)
                        + (lines.size() < limit
                                ? ""
                                : "\nthese are the newest; --limit shows more"));
    }

    static String text(List<ConflictLine> lines) {
        if (lines.isEmpty()) {
            return "no conflicts";
        }
        TextTable table =
                new TextTable(
                        "ID", "TABLE", "RECORD", "TYPE", "STRATEGY", "RESOLUTION", "DETECTED");
        lines.forEach(
                l ->
                        table.row(
                                l.id(),
                                l.tableName(),
                                l.recordId(),
                                l.conflictType(),
                                l.resolutionStrategy(),
                                l.resolution() == null ? "waits" : l.resolution(),
                                l.detectedAt()));
        return table.toString();
    }
}

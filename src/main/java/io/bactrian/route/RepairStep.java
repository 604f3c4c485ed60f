package io.bactrian.route;

import io.bactrian.config.CopySettings;
import io.bactrian.data.RowRepair;
import io.bactrian.error.DataException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Index;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.sql.Metadata;
import io.bactrian.state.CopyLedger;
import io.bactrian.verify.ChunkComparison;
import io.bactrian.verify.Finding;
import io.bactrian.verify.KeylessComparison;
import io.bactrian.verify.Leaf;
import io.bactrian.verify.Naming;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins verify's finding with data's writing: what differs is looked for in the very transaction
 * that writes it, and the transaction commits only if nothing differs then. First all rows go that
 * are extra or different, then the source's come: unique values may have moved between rows.
 */
final class RepairStep {
    private static final Naming UNNAMED = new Naming(0, false);

    /** Digests of rows without key that are written at a time, and held in memory. */
    private static final int SURPLUS_AT_ONCE = 10_000;

    /** Ranges written in one transaction. */
    private static final int RANGES_AT_ONCE = 64;

    private final Pairs pairs;
    private final CopySettings settings;

    RepairStep(Pairs pairs, CopySettings settings) {
        this.pairs = pairs;
        this.settings = settings;
    }

    /** One table that differs, with the small ranges in which it does. */
    record Task(Job job, String table, List<Chunk> ranges) {}

    /** The tables that can be repaired row by row; makes ready to note what is taken off them. */
    List<Task> begin(Job job, VerifyStep.Report report) {
        Pair pair = pairs.of(job);
        // a view that has read a table keeps its triggers from being taken off
        pair.rowsChanged();
        pair.target()
                .with(
                        job.target(),
                        c -> {
                            Metadata.create(c);
                            pair.structures().departing().note(c, pairs.state(job.runId()));
                            return null;
                        });
        return report.tables().stream()
                .filter(t -> !t.equal() && t.reason() == null)
                .map(t -> new Task(job, t.table(), t.unequal()))
                .toList();
    }

    /**
     * Writes the rows of one table that differ; its triggers sleep meanwhile. Returns how many
     * differed.
     */
    long repair(Task task) {
        Pair pair = pairs.of(task.job());
        pairs.state(task.job().runId()).changes();
        Table table = pair.structures().ofSource().table(task.table()).orElseThrow();
        List<StoredObject> triggers = pair.structures().triggersOfTarget(task.table());
        RowRepair repair = new RowRepair(pair.snapshot(), pair.target(), settings);
        return repair.withoutTriggers(table, triggers, () -> repair(pair, table, task, repair));
    }

    private static long repair(Pair pair, Table table, Task task, RowRepair repair) {
        long repaired = 0;
        for (List<Chunk> unit : units(table, task.ranges())) {
            repaired +=
                    repair.transaction(
                            table,
                            writer ->
                                    table.rowKey().isPresent()
                                            ? keyed(pair, table, unit, writer)
                                            : keyless(pair, table, writer));
        }
        return repaired;
    }

    /** A second unique key ties all rows of a table together, and so its ranges. */
    private static boolean isTied(Table table) {
        return table.indexes().stream().filter(Index::isUnique).count() > 1;
    }

    private static List<List<Chunk>> units(Table table, List<Chunk> ranges) {
        if (isTied(table)) {
            return List.of(ranges);
        }
        List<List<Chunk>> units = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i += RANGES_AT_ONCE) {
            units.add(ranges.subList(i, Math.min(ranges.size(), i + RANGES_AT_ONCE)));
        }
        return units;
    }

    private static long keyed(Pair pair, Table table, List<Chunk> ranges, RowRepair.Writer writer) {
        ChunkComparison comparison = VerifyStep.keyed(pair, writer, table, UNNAMED);
        boolean tied = isTied(table);
        long differed = 0;
        for (Chunk range : ranges) {
            Finding found = comparison.compare(range, leaf -> write(leaf, writer, tied));
            differed += found.differences();
        }
        if (tied) {
            for (Chunk range : ranges) {
                comparison.compare(range, leaf -> writer.insert(leaf.missing()));
            }
        }
        for (Chunk range : ranges) {
            requireEqual(table, comparison.compare(range, leaf -> {}));
        }
        return differed;
    }

    /** Of a tied table only deletes: what is inserted may need a value that a later range frees. */
    private static void write(Leaf leaf, RowRepair.Writer writer, boolean tied) {
        writer.delete(leaf.extra());
        writer.delete(leaf.different());
        if (!tied) {
            writer.insert(leaf.missing());
            writer.insert(leaf.different());
        }
    }

    private record Surplus(String digest, long sourceCopies, long targetCopies) {}

    private static long keyless(Pair pair, Table table, RowRepair.Writer writer) {
        KeylessComparison comparison = VerifyStep.keyless(pair, writer, table, UNNAMED);
        long differed = 0;
        while (true) {
            List<Surplus> some = new ArrayList<>();
            Finding found =
                    comparison.compare(
                            (digest, here, there) -> {
                                if (some.size() < SURPLUS_AT_ONCE) {
                                    some.add(new Surplus(digest, here, there));
                                }
                            });
            if (some.isEmpty()) {
                requireEqual(table, found);
                return differed;
            }
            for (Surplus s : some) {
                writer.setCopies(s.digest(), s.sourceCopies(), s.targetCopies());
                differed += Math.abs(s.sourceCopies() - s.targetCopies());
            }
        }
    }

    private static void requireEqual(Table table, Finding found) {
        if (!found.equal()) {
            throw new DataException(
                    table.name(),
                    "still differs after its rows were written; nothing was committed",
                    "see that nobody else writes to the target, and that both tables have the same structure");
        }
    }

    /**
     * Forgets what was noted, unless a copy in hand still needs it. Returns the rows repaired in
     * all.
     */
    long end(Job job, Long repaired) {
        if (!job.resume()) {
            pairs.of(job)
                    .target()
                    .with(
                            job.target(),
                            c -> {
                                CopyLedger.clear(c);
                                return null;
                            });
        }
        return repaired == null ? 0 : repaired;
    }
}

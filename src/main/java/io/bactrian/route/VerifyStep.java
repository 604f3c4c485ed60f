package io.bactrian.route;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.bactrian.config.CopySettings;
import io.bactrian.data.MappedTable;
import io.bactrian.error.DataException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Schema;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import io.bactrian.sql.ChunkPlanner;
import io.bactrian.sql.Reader;
import io.bactrian.sql.RowCount;
import io.bactrian.verify.ChunkComparison;
import io.bactrian.verify.Finding;
import io.bactrian.verify.KeylessComparison;
import io.bactrian.verify.Naming;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the rows of all tables of a job. */
public final class VerifyStep {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyStep.class);

    private final Pairs pairs;
    private final CopySettings settings;

    VerifyStep(Pairs pairs, CopySettings settings) {
        this.pairs = pairs;
        this.settings = settings;
    }

    /** One table with the chunks to compare. */
    record TablePlan(Job job, String table, List<Chunk> chunks) {
        List<ChunkTask> tasks() {
            return chunks.stream().map(c -> new ChunkTask(job, table, c)).toList();
        }
    }

    record ChunkTask(Job job, String table, Chunk chunk) {}

    /**
     * What was found in one table.
     *
     * @param reason why rows could not be compared, or null
     * @param rows rows that are not the same, up to a limit
     * @param unequal the ranges in which they are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TableReport(
            String table,
            long sourceRows,
            long targetRows,
            boolean equal,
            long missing,
            long extra,
            long different,
            String reason,
            List<Finding.Row> rows,
            @JsonIgnore List<Chunk> unequal) {}

    /**
     * What was found in all.
     *
     * @param repaired rows that were written, of tables that are equal now
     * @param backupId what holds the rows that were written as they were; null if none were
     * @param extraTables tables that only the target has; they are not looked into
     * @param mapped what was compared otherwise than it is in the source
     */
    public record Report(
            boolean equal,
            List<TableReport> tables,
            long repaired,
            List<String> extraTables,
            String backupId,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MappedTable> mapped) {
        Report repaired(long rows, String saved) {
            return new Report(equal, tables, rows, extraTables, saved, mapped);
        }
    }

    /**
     * What a chunk adds to its table's report.
     *
     * @param named how many rows the table's report names at most
     */
    record ChunkReport(Finding finding, List<Chunk> unequal, int named) {}

    /** Opens a view of both sides; a repair first gives back what a killed run has taken off. */
    List<DataStep.TableTask> begin(Job job) {
        Pair pair = pairs.of(job);
        pair.rowsChanged();
        if (job.repair() && !job.resume()) {
            pair.recover();
        }
        Schema source = pair.structures().ofSource();
        pair.structures().ofTarget();
        List<TableStats> stats = source.tables().stream().map(t -> source.stats(t.name())).toList();
        pair.progress()
                .begin(
                        "verify",
                        stats.stream().mapToLong(TableStats::rows).sum(),
                        stats.stream().mapToLong(TableStats::dataBytes).sum());
        pair.snapshot();
        pair.targetSnapshot();
        return source.tables().stream()
                .sorted(Comparator.comparingLong(t -> -source.stats(t.name()).dataBytes()))
                .map(t -> new DataStep.TableTask(pair.id(), t.name()))
                .toList();
    }

    /** Cuts a table into the chunks to compare; none where rows cannot be compared. */
    TablePlan plan(Job job, String name) {
        Pair pair = pairs.of(job);
        pair.progress().table(name);
        Table table = pair.structures().ofSource().table(name).orElseThrow();
        if (!comparable(pair, table)) {
            return new TablePlan(job, name, List.of());
        }
        TableStats stats = pair.structures().ofSource().stats(name);
        return new TablePlan(
                job,
                name,
                pair.snapshot()
                        .read(
                                name,
                                c -> ChunkPlanner.plan(c, table, stats, settings.chunkBytes())));
    }

    private static boolean comparable(Pair pair, Table table) {
        return pair.structures().ofTarget().table(table.name()).filter(table::sameRows).isPresent();
    }

    ChunkReport compare(ChunkTask task) {
        Pair pair = pairs.of(task.job());
        Table table = pair.structures().ofSource().table(task.table()).orElseThrow();
        List<Chunk> unequal = new ArrayList<>();
        Finding finding;
        if (table.rowKey().isPresent()) {
            finding =
                    keyed(pair, pair.targetSnapshot(), table, task.job().naming())
                            .compare(task.chunk(), leaf -> unequal.add(leaf.range()));
        } else {
            finding =
                    keyless(pair, pair.targetSnapshot(), table, task.job().naming())
                            .compare((d, here, there) -> {});
            unequal.addAll(finding.equal() ? List.of() : List.of(task.chunk()));
        }
        pair.progress()
                .add(
                        finding.sourceRows(),
                        finding.sourceRows()
                                * pair.structures().ofSource().stats(task.table()).rowBytes());
        return new ChunkReport(finding, unequal, task.job().naming().rows());
    }

    static ChunkComparison keyed(Pair pair, Reader target, Table table, Naming naming) {
        return new ChunkComparison(pair.snapshot(), target, pair.sourceReaders(), table, naming);
    }

    static KeylessComparison keyless(Pair pair, Reader target, Table table, Naming naming) {
        return new KeylessComparison(pair.snapshot(), target, pair.sourceReaders(), table, naming);
    }

    static ChunkReport sum(ChunkReport all, ChunkReport next) {
        return new ChunkReport(
                all.finding().plus(next.finding(), all.named()),
                Stream.concat(all.unequal().stream(), next.unequal().stream()).toList(),
                all.named());
    }

    TableReport end(TablePlan plan, ChunkReport found) {
        if (found == null) {
            return notComparable(plan);
        }
        Finding f = found.finding();
        LOG.info(
                "compared {}: {} rows, {} missing, {} extra, {} different",
                plan.table(),
                f.sourceRows(),
                f.missing(),
                f.extra(),
                f.different());
        return new TableReport(
                plan.table(),
                f.sourceRows(),
                f.targetRows(),
                f.equal(),
                f.missing(),
                f.extra(),
                f.different(),
                null,
                f.rows(),
                found.unequal());
    }

    private TableReport notComparable(TablePlan plan) {
        Pair pair = pairs.of(plan.job());
        String name = plan.table();
        Table table = pair.structures().ofSource().table(name).orElseThrow();
        boolean there = pair.structures().ofTarget().table(name).isPresent();
        long sourceRows = pair.snapshot().read(name, c -> RowCount.of(c, table));
        long targetRows =
                there ? pair.targetSnapshot().read(name, c -> RowCount.of(c, table.stored())) : 0;
        return new TableReport(
                name,
                sourceRows,
                targetRows,
                false,
                there ? 0 : sourceRows,
                0,
                0,
                there
                        ? "other columns or another key in the target; `bactrian analyze` tells which"
                        : "not in the target",
                List.of(),
                List.of());
    }

    Report end(Job job, List<TableReport> tables) {
        Pair pair = pairs.of(job);
        List<TableReport> sorted =
                tables.stream().sorted(Comparator.comparing(TableReport::table)).toList();
        List<String> extra =
                pair.structures().ofTarget().tables().stream()
                        .map(Table::name)
                        .filter(t -> pair.structures().ofSource().table(t).isEmpty())
                        .toList();
        return new Report(
                sorted.stream().allMatch(TableReport::equal),
                sorted,
                0,
                extra,
                null,
                pair.structures().departing().tables());
    }

    /**
     * @throws DataException naming the tables that are not
     */
    static void requireEqual(Report verification) {
        List<String> unequal =
                verification.tables().stream()
                        .filter(t -> !t.equal())
                        .map(TableReport::table)
                        .toList();
        if (!unequal.isEmpty()) {
            throw new DataException(
                    String.join(", ", unequal),
                    "differs from the source after the copy",
                    "`bactrian verify --columns` names the rows, `bactrian verify --repair` writes them");
        }
    }
}

package io.bactrian.route;

import io.bactrian.error.StructureException;
import io.bactrian.schema.Schema;
import io.bactrian.schema.ServerKind;
import io.bactrian.schema.Table;
import io.bactrian.sql.Database;
import io.bactrian.state.CopyLedger;
import io.bactrian.structure.Phase;
import io.bactrian.structure.Statement;
import io.bactrian.structure.Structure;
import io.bactrian.structure.StructureOptions;
import io.bactrian.structure.StructurePlan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Plans and makes a target's structure. */
public final class StructureStep {
    private static final Logger LOG = LoggerFactory.getLogger(StructureStep.class);

    private final Pairs pairs;

    StructureStep(Pairs pairs) {
        this.pairs = pairs;
    }

    /** The statements of one phase. */
    record PhaseTask(String pair, Phase phase, List<Statement> statements) {
        boolean isParallel() {
            return phase.isParallel();
        }

        List<StatementTask> tasks() {
            return statements.stream().map(s -> new StatementTask(pair, s)).toList();
        }
    }

    /** One statement on its way to the target. */
    record StatementTask(String pair, Statement statement) {}

    /**
     * What was done to the structure.
     *
     * @param ddl the statements, in their order
     * @param notes what the user should know although it went well
     * @param backupId what holds the tables as they were; null if nothing was saved
     */
    public record Report(
            boolean changed,
            List<String> ddl,
            List<String> losses,
            List<String> notes,
            String backupId) {}

    /** The phases in which there is something to do. */
    List<PhaseTask> plan(Job job) {
        Pair pair = pairs.of(job);
        pair.progress().begin("structure", 0, 0);
        if (!job.resume()) {
            pair.recover();
        }
        refuseForeignObjects(pair);
        StructurePlan plan =
                StructurePlan.of(
                        pair.structures().ofSource(),
                        pair.structures().ofTarget(),
                        options(pair, job));
        // what a way back loses is what the failed run brought
        Level level = job.undoes() ? Level.INFO : Level.WARN;
        for (Statement statement : plan.lossy()) {
            statement
                    .losses()
                    .forEach(
                            loss ->
                                    LOG.atLevel(level)
                                            .log("loses data: {}: {}", statement.object(), loss));
        }
        return Arrays.stream(Phase.values())
                .map(phase -> new PhaseTask(pair.id(), phase, plan.statements(phase)))
                .filter(task -> !task.statements().isEmpty())
                .toList();
    }

    /** What is written in the words of another kind of server is for its author to translate. */
    private static void refuseForeignObjects(Pair pair) {
        Database source = pair.source();
        ServerKind kind = pair.target().server().dialect().kind();
        if (source == null || source.server().dialect().kind() == kind) {
            return;
        }
        List<String> foreign =
                pair.structures().ofSource().objects().stream()
                        .filter(
                                o ->
                                        pair.structures()
                                                .ofTarget()
                                                .object(o.type(), o.name())
                                                .isEmpty())
                        .map(o -> o.type().name().toLowerCase(Locale.ROOT) + " " + o.name())
                        .toList();
        if (!foreign.isEmpty()) {
            throw new StructureException(
                    String.join(", ", foreign),
                    String.join(", ", foreign)
                            + " is not carried from "
                            + source.server().dialect().kind()
                            + " to "
                            + kind,
                    "make it by hand in "
                            + pair.target().name()
                            + " under the same name, which is then left as it is, or leave a view or a"
                            + " table with its triggers out with --tables");
        }
    }

    static StructureOptions options(Pair pair, Job job) {
        Set<String> pending =
                job.resume()
                        ? pair.target()
                                .with(pair.target().name(), c -> CopyLedger.entries(c).keySet())
                        : Set.of();
        Set<String> emptied =
                job.copies() && job.mode() == Job.Mode.TRUNCATE
                        ? pair.structures().copied().stream()
                                .map(Table::name)
                                .collect(Collectors.toSet())
                        : Set.of();
        return new StructureOptions(job.dropExtra(), emptied, pending);
    }

    /** Runs one statement and gives what there is to tell of it. */
    Report apply(StatementTask task) {
        Statement statement = task.statement();
        Pair pair = pairs.of(task.pair());
        pairs.state(pair.job().runId()).changes();
        statement.sql().forEach(sql -> LOG.info("{}: {}", statement.object(), sql));
        List<String> notes =
                pair.target().with(statement.object(), c -> Structure.apply(c, statement));
        return new Report(
                true,
                statement.sql(),
                statement.losses(),
                notes,
                pairs.state(pair.job().runId()).backupId());
    }

    /** Proves that nothing is left to do. */
    Report prove(Job job, Report report) {
        Pair pair = pairs.of(job);
        if (report == null) {
            return new Report(false, List.of(), List.of(), List.of(), null);
        }
        pair.structures().changed();
        Schema target = pair.structures().ofTarget();
        Structure.verify(pair.structures().ofSource(), target, options(pair, job));
        return report;
    }

    static Report sum(Report all, Report next) {
        return new Report(
                true,
                both(all.ddl(), next.ddl()),
                both(all.losses(), next.losses()),
                both(all.notes(), next.notes()),
                all.backupId());
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}

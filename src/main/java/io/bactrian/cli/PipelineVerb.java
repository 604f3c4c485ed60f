package io.bactrian.cli;

import io.bactrian.config.DatabaseSettings;
import io.bactrian.config.Settings;
import io.bactrian.data.MappedTable;
import io.bactrian.route.Job;
import io.bactrian.route.Pipelines;
import java.util.List;
import picocli.CommandLine.Option;

/** A verb that calls routes: starts them, hands them a job, and stops them. */
abstract class PipelineVerb extends Verb {

    /** What is done with the rows of the target, where a verb writes rows. */
    static final class CopyOptions {
        @Option(
                names = "--mode",
                paramLabel = "truncate|reconcile",
                description = "Replace all rows (default), or write only those that differ.")
        Job.Mode mode = Job.Mode.TRUNCATE;

        @Option(names = "--resume", description = "Go on with a copy that was cut off.")
        boolean resume;

        Job apply(Job job) {
            return job.copying(mode, resume);
        }

        String howToGoOn() {
            return mode == Job.Mode.TRUNCATE
                    ? "the same command with --resume goes on where it stopped"
                    : "run it again";
        }
    }

    /** What is done with tables and other objects that only the target has. */
    static final class ExtraOptions {
        @Option(names = "--drop-extra", description = "Drop what only the target has.")
        boolean dropExtra;
    }

    @Override
    protected final Answer run(RunContext context) {
        Settings settings = context.settings();
        Job job = Job.of(context.runId(), settings.source(), settings.target(), settings.tables());
        try (Pipelines pipelines = context.pipelines()) {
            context.ending().stopWith(pipelines::abort);
            return run(context, pipelines, job);
        }
    }

    /** Does the work; {@code job} is what all verbs have in common. */
    abstract Answer run(RunContext context, Pipelines pipelines, Job job);

    /**
     * Asks whether the target may be changed, and tells beforehand what of it would be lost.
     *
     * @param doing what will be done, such as {@code replace the rows}
     */
    static void confirmChange(RunContext context, Pipelines pipelines, Job job, String doing) {
        StringBuilder question = new StringBuilder();
        if (!context.confirm().isAgreed()) {
            pipelines
                    .analyze(job)
                    .losses()
                    .forEach(
                            loss -> question.append("would lose data: ").append(loss).append('\n'));
        }
        DatabaseSettings target = context.settings().database(job.target());
        question.append(doing)
                .append(" (tables ")
                .append(job.tables())
                .append(") in ")
                .append(target)
                .append('?');
        context.confirm().require(question.toString());
    }

    /** What of the source the target has otherwise, or not at all. */
    static String mapped(List<MappedTable> tables) {
        return section(
                "not as in the source:", tables.stream().map(MappedTable::toString).toList());
    }

    /** Lines under a heading, or nothing where there are none. */
    static String section(String heading, List<String> lines) {
        return lines.isEmpty() ? "" : "\n" + heading + "\n  " + String.join("\n  ", lines);
    }
}

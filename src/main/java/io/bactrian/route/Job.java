package io.bactrian.route;

import io.bactrian.config.TableFilter;
import io.bactrian.verify.Naming;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a run is asked to do: the body that goes into every entry point.
 *
 * @param runId names the run in logs, in the list of runs and in the messages of its chunks
 * @param source name of the database that is read; null where a backup is, or nothing
 * @param backup id of the backup that stands in the source's place, or null
 * @param target name of the database that is written, or saved
 * @param mode how rows that are on the target already are treated
 * @param options what else is asked for
 */
public record Job(
        String runId,
        String source,
        String backup,
        String target,
        TableFilter tables,
        Mode mode,
        Naming naming,
        Set<Option> options) {

    /** What is done with the rows of a target table. */
    public enum Mode {
        /** All go, and the source's are copied. */
        TRUNCATE,
        /** Only those that differ are written. */
        RECONCILE
    }

    /** What is done if a replication fails after it changed something. */
    public enum OnFailure {
        /** The target is put back as it was. */
        RESTORE,
        /** It stays as it is then, for {@code --resume} or a restore by hand. */
        KEEP
    }

    /** What a run may be asked for. */
    public enum Option {
        /** The target may be changed, so that no other run may work on it meanwhile. */
        CHANGES,
        /** Rows are copied, so that the source must be seen at one moment. */
        COPIES,
        /** A copy that was cut off is to go on. */
        RESUMES,
        /** What only the target has is dropped. */
        DROPS_EXTRA,
        /** Rows that verify finds to differ are written. */
        REPAIRS,
        /** What will be changed is saved before. */
        SAVES,
        /** A failed replication puts the target back. */
        ROLLS_BACK,
        /** Restored rows are compared with the checksums of the backup, not only counted. */
        CHECKSUMS,
        /** The way back of a failed run: what was not there before is in no backup of it. */
        UNDOES
    }

    public Job {
        options = options.isEmpty() ? Set.of() : Set.copyOf(options);
    }

    /** A job that only looks, at all that {@code source} and {@code target} have. */
    public static Job of(String runId, String source, String target, TableFilter tables) {
        return new Job(
                runId,
                source,
                null,
                target,
                tables,
                Mode.TRUNCATE,
                new Naming(100, false),
                Set.of(Option.SAVES, Option.ROLLS_BACK));
    }

    /** A job that saves {@code database} and changes nothing. */
    public static Job saving(String runId, String database, TableFilter tables) {
        return of(runId, null, database, tables);
    }

    /** A job that puts into {@code target} what a backup holds. */
    public static Job restoring(String runId, String backup, String target, TableFilter tables) {
        Job job = of(runId, null, target, tables).copying(Mode.TRUNCATE, false);
        return new Job(runId, null, backup, target, tables, job.mode, job.naming, job.options);
    }

    private Job with(Option option, boolean on) {
        Set<Option> changed = EnumSet.noneOf(Option.class);
        changed.addAll(options);
        if (on) {
            changed.add(option);
        } else {
            changed.remove(option);
        }
        return new Job(runId, source, backup, target, tables, mode, naming, changed);
    }

    public boolean changes() {
        return options.contains(Option.CHANGES);
    }

    public boolean copies() {
        return options.contains(Option.COPIES);
    }

    public boolean resume() {
        return options.contains(Option.RESUMES);
    }

    public boolean dropExtra() {
        return options.contains(Option.DROPS_EXTRA);
    }

    public boolean repair() {
        return options.contains(Option.REPAIRS);
    }

    public boolean saves() {
        return options.contains(Option.SAVES);
    }

    public boolean rollsBack() {
        return options.contains(Option.ROLLS_BACK);
    }

    public boolean checksums() {
        return options.contains(Option.CHECKSUMS);
    }

    boolean undoes() {
        return options.contains(Option.UNDOES);
    }

    public Job changing() {
        return with(Option.CHANGES, true);
    }

    public Job copying(Mode other, boolean goOn) {
        Job job = with(Option.CHANGES, true).with(Option.COPIES, true).with(Option.RESUMES, goOn);
        return new Job(runId, source, backup, target, tables, other, naming, job.options);
    }

    public Job droppingExtra(boolean drop) {
        return with(Option.DROPS_EXTRA, drop);
    }

    public Job repairing(boolean write) {
        return with(Option.CHANGES, changes() || write).with(Option.REPAIRS, write);
    }

    /** Whether what will be changed is saved before. */
    public Job saving(boolean first) {
        return with(Option.SAVES, first);
    }

    public Job onFailure(OnFailure what) {
        return with(Option.ROLLS_BACK, what == OnFailure.RESTORE);
    }

    /** Whether restored rows are compared with the checksums of the backup. */
    public Job checksums(boolean compare) {
        return with(Option.CHECKSUMS, compare);
    }

    /** A restore that leaves nothing of what a failed run did. */
    Job undoing() {
        return droppingExtra(true).saving(false).checksums(true).with(Option.UNDOES, true);
    }

    public Job naming(Naming other) {
        return new Job(runId, source, backup, target, tables, mode, other, options);
    }
}

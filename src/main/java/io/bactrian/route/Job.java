package io.bactrian.route;

import io.bactrian.config.TableFilter;
import io.bactrian.verify.Naming;

/**
 * What a run is asked to do: the body that goes into every entry point.
 *
 * @param runId names the run in logs, in the list of runs and in the messages of its chunks
 * @param changes whether the target may be changed, so that no other run may work on it meanwhile
 * @param copies whether rows are copied, so that the source must be seen at one moment
 * @param mode how rows that are on the target already are treated
 * @param resume whether a copy that was cut off is to go on
 * @param dropExtra whether what only the target has is dropped
 * @param repair whether rows that verify finds to differ are written
 */
public record Job(
        String runId,
        String source,
        String target,
        TableFilter tables,
        boolean changes,
        boolean copies,
        Mode mode,
        boolean resume,
        boolean dropExtra,
        boolean repair,
        Naming naming) {

    /** What is done with the rows of a target table. */
    public enum Mode {
        /** All go, and the source's are copied. */
        TRUNCATE,
        /** Only those that differ are written. */
        RECONCILE
    }

    /** A job that only looks, at all that {@code source} and {@code target} have. */
    public static Job of(String runId, String source, String target, TableFilter tables) {
        return new Job(
                runId,
                source,
                target,
                tables,
                false,
                false,
                Mode.TRUNCATE,
                false,
                false,
                false,
                new Naming(100, false));
    }

    public Job changing() {
        return new Job(
                runId, source, target, tables, true, copies, mode, resume, dropExtra, repair,
                naming);
    }

    public Job copying(Mode other, boolean goOn) {
        return new Job(
                runId, source, target, tables, true, true, other, goOn, dropExtra, repair, naming);
    }

    public Job droppingExtra(boolean drop) {
        return new Job(
                runId, source, target, tables, changes, copies, mode, resume, drop, repair, naming);
    }

    public Job repairing(boolean write) {
        return new Job(
                runId,
                source,
                target,
                tables,
                changes || write,
                copies,
                mode,
                resume,
                dropExtra,
                write,
                naming);
    }

    public Job naming(Naming other) {
        return new Job(
                runId, source, target, tables, changes, copies, mode, resume, dropExtra, repair,
                other);
    }
}

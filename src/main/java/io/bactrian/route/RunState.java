package io.bactrian.route;

import io.bactrian.config.TableFilter;
import io.bactrian.error.ReplicationException;
import io.bactrian.sql.Database;
import io.bactrian.state.RunNote;
import io.bactrian.state.Withheld;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a run beyond the pair it works on: what it has saved, whether it has changed
 * anything, and the note about both that it leaves in the target.
 */
final class RunState {
    private final List<BackupStep.Report> saved = new ArrayList<>();
    private RunNote found;
    private RunNote note;
    private Map<String, String> withheld;
    private volatile boolean expected;
    private volatile boolean changed;

    /** What the run has saved so far, in its order. */
    synchronized List<BackupStep.Report> saved() {
        return List.copyOf(saved);
    }

    /** The first of them; null if there is none. */
    String backupId() {
        return saved().stream().map(BackupStep.Report::backupId).findFirst().orElse(null);
    }

    synchronized void add(BackupStep.Report report) {
        saved.add(report);
    }

    /** The same backup, kept in more places. */
    synchronized void stored(BackupStep.Report report) {
        saved.replaceAll(r -> r.backupId().equals(report.backupId()) ? report : r);
    }

    /** What stands in the target about this run. */
    synchronized Optional<RunNote> note() {
        return Optional.ofNullable(note);
    }

    /** The note of a run that was cut off, as this run found it. */
    synchronized Optional<RunNote> found() {
        return Optional.ofNullable(found);
    }

    /**
     * Notes in the target what is about to be changed. A run that goes on with one that was cut off
     * keeps that one's way back; another keeps it in mind.
     *
     * @return whether this is the first call of the run
     */
    synchronized boolean begin(Job job, Database target) {
        boolean first = note == null;
        note =
                target.with(
                        target.name(),
                        c -> {
                            RunNote next = note == null ? first(job, c) : note;
                            next = next.with(job.backup(), backups());
                            next.save(c);
                            return next;
                        });
        return first;
    }

    private RunNote first(Job job, Connection target) throws SQLException {
        found = RunNote.find(target).orElse(null);
        if (found != null && job.resume()) {
            return found;
        }
        List<String> earlier = new ArrayList<>();
        if (found != null) {
            earlier.addAll(found.earlier());
            earlier.addAll(found.backups());
        }
        return new RunNote(
                job.runId(),
                job.tables().toString(),
                null,
                List.of(),
                earlier,
                !writesRows(job) && (found == null || found.structureOnly()),
                Instant.now());
    }

    private static boolean writesRows(Job job) {
        return job.copies() || job.repair();
    }

    private List<String> backups() {
        return saved.stream().map(BackupStep.Report::backupId).toList();
    }

    /** Whether the run has found that it has anything to change. */
    void expectChanges(boolean any) {
        expected |= any;
    }

    boolean expectsChanges() {
        return expected;
    }

    /** What was noted in the target of filters and mappers before this run noted its own. */
    synchronized void withheldBefore(Map<String, String> notes) {
        withheld = withheld == null ? notes : withheld;
    }

    /** Something of the target has been changed, or is about to be. */
    void changes() {
        changed = true;
    }

    boolean hasChanged() {
        return changed;
    }

    /**
     * Takes the note away: nothing is half done. Where a run was cut off before whose rows this one
     * was not about, that one's note stays.
     */
    synchronized void endedWell(Job job, Database target) {
        target.with(
                target.name(),
                c -> {
                    RunNote before = note == null ? RunNote.find(c).orElse(null) : found;
                    boolean mended =
                            before == null
                                    || (writesRows(job) || before.structureOnly())
                                            && (job.tables().equals(TableFilter.ALL)
                                                    || job.tables()
                                                            .toString()
                                                            .equals(before.tables()));
                    leave(mended ? null : before, c);
                    return null;
                });
    }

    private void leave(RunNote other, Connection target) throws SQLException {
        if (other == null) {
            RunNote.clear(target);
        } else {
            other.save(target);
        }
        note = null;
    }

    /** Leaves the note that was there before the run, if nothing was changed. */
    synchronized void failed(Database target) {
        if (note != null && !changed) {
            undone(target);
        }
    }

    /** The failure of a run that has changed something, with what leads back from there. */
    ReplicationException leftHalfChanged(ReplicationException failure, String target, String why) {
        return failure.told(
                "the target " + target + " is left half changed" + why,
                note().map(n -> failure.hint() + "; " + n.hint(target)).orElse(failure.hint()));
    }

    /** The target is as it was when the run began; so is the note in it. */
    synchronized void undone(Database target) {
        boolean goneOnWith = found == null || found.runId().equals(note.runId());
        target.with(
                target.name(),
                c -> {
                    leave(goneOnWith ? null : found, c);
                    if (withheld != null) {
                        Withheld.putBack(c, withheld);
                    }
                    return null;
                });
    }
}

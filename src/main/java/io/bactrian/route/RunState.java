package io.bactrian.route;

import io.bactrian.sql.Database;
import io.bactrian.state.RunNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a run beyond the pair it works on: what it has saved, whether it has changed
 * anything, and the note about both that it leaves in the target.
 */
final class RunState {
    private final List<BackupStep.Report> saved = new ArrayList<>();
    private RunNote found;
    private RunNote note;
    private volatile boolean changed;

    /** What the run has saved so far, in its order. */
    synchronized List<BackupStep.Report> saved() {
        return List.copyOf(saved);
    }

    synchronized void add(BackupStep.Report report) {
        saved.add(report);
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
     */
    synchronized void begin(Job job, Database target) {
        List<String> backups = saved.stream().map(BackupStep.Report::backupId).toList();
        note =
                target.with(
                        target.name(),
                        c -> {
                            if (note == null) {
                                found = RunNote.find(c).orElse(null);
                            }
                            RunNote next = next(job, backups);
                            next.save(c);
                            return next;
                        });
    }

    private RunNote next(Job job, List<String> backups) {
        if (found == null) {
            return new RunNote(job.runId(), job.backup(), backups, List.of(), Instant.now());
        }
        if (job.resume() && note == null) {
            return found;
        }
        List<String> earlier = new ArrayList<>(found.earlier());
        earlier.addAll(found.backups());
        earlier.removeAll(backups);
        return new RunNote(job.runId(), job.backup(), backups, earlier, Instant.now());
    }

    /** Something of the target has been changed, or is about to be. */
    void changes() {
        changed = true;
    }

    boolean hasChanged() {
        return changed;
    }

    /** Takes the note away: nothing is half done. */
    synchronized void endedWell(Database target) {
        if (note != null) {
            target.with(
                    target.name(),
                    c -> {
                        RunNote.clear(c);
                        return null;
                    });
            note = null;
        }
    }

    /** Puts back the note that was there if nothing was changed. */
    synchronized void failed(Database target) {
        if (note == null || changed) {
            return;
        }
        if (found == null) {
            endedWell(target);
        } else {
            target.with(
                    target.name(),
                    c -> {
                        found.save(c);
                        return null;
                    });
        }
    }
}

package io.bactrian.cli;

import io.bactrian.error.DataException;
import io.bactrian.state.Failure;
import io.bactrian.state.Journal;
import io.bactrian.state.Progress;
import io.bactrian.state.Run.Result;
import io.bactrian.state.RunLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Tells how a call ended, once: in the list of runs and to who called. A run that is cut off by a
 * signal (Ctrl-C, SIGTERM) is told by the signal's thread, and what fails in its wake is not.
 */
final class Ending implements AutoCloseable {
    /** What a shell shows after Ctrl-C. The JVM's own code holds: 130 or, after SIGTERM, 143. */
    static final int INTERRUPTED = 130;

    private final String command;
    private final String runId;
    private final Report report;
    private final String howToGoOn;
    private final AtomicBoolean told = new AtomicBoolean();
    private final Thread hook = new Thread(this::interrupted, "interruption");
    private volatile RunLog log;
    private volatile Journal journal;
    private volatile Progress progress;
    private volatile Runnable stop = () -> {};
    private volatile Finish finish;
    private final CountDownLatch over = new CountDownLatch(1);

    /** How work ends in order, and how long that may take. */
    private record Finish(Runnable begin, Duration longest) {}

    Ending(String command, String runId, Report report, String howToGoOn) {
        this.command = command;
        this.runId = runId;
        this.report = report;
        this.howToGoOn = howToGoOn;
    }

    /** From here on it is a run: listed, and ended in order by a signal. */
    void ofRun(RunLog runs, Journal journalOfRuns, Progress progressOfRun) {
        journal = journalOfRuns;
        progress = progressOfRun;
        log = runs;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What stops the work in hand when a signal comes. */
    void stopWith(Runnable action) {
        stop = action;
    }

    /**
     * What lets the work in hand finish when a signal comes, so that it tells of its end itself.
     * What takes longer than {@code longest} is cut off.
     */
    void finishWith(Runnable action, Duration longest) {
        finish = new Finish(action, longest);
    }

    /** Whether the work came to its end and was told of. */
    private boolean finished() {
        Finish inOrder = finish;
        if (inOrder == null) {
            return false;
        }
        Thread stopping = new Thread(inOrder.begin(), "finish");
        stopping.setDaemon(true);
        stopping.start();
        try {
            return over.await(inOrder.longest().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void interrupted() {
        if (finished()) {
            return;
        }
        if (!told.compareAndSet(false, true)) {
            return;
        }
        DataException failure =
                new DataException(command, "was interrupted before it was done", howToGoOn);
        try {
            stop.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        tell(Result.INTERRUPTED, failure);
    }

    /** Returns the exit code. */
    int answer(Answer answer, boolean silent) {
        if (!told.compareAndSet(false, true)) {
            return INTERRUPTED;
        }
        try {
            return tell(answer, silent);
        } finally {
            over.countDown();
        }
    }

    private int tell(Answer answer, boolean silent) {
        try {
            if (log != null) {
                note(answer.result(), answer.rows(), answer.bytes(), answer.failure());
            }
        } catch (RuntimeException e) {
            return tell(Result.FAILED, e);
        }
        report.answer(answer, silent && log != null && answer.result() == Result.OK);
        return answer.exitCode();
    }

    private void note(Result result, long rows, long bytes, Failure failure) {
        double seconds = report.seconds();
        log.end(runId, result, seconds, rows, bytes, failure);
        if (failure != null) {
            journal.failed(runId, command, failure);
        }
        journal.worked(runId, command, result, seconds, rows, bytes, progress.stages());
    }

    /** Returns the exit code. */
    int failure(Throwable thrown) {
        if (!told.compareAndSet(false, true)) {
            return INTERRUPTED;
        }
        try {
            return tell(Result.FAILED, thrown);
        } finally {
            over.countDown();
        }
    }

    /**
     * The trace goes to the log file alone: its logger is outside of those that standard error
     * shows.
     */
    private int tell(Result result, Throwable thrown) {
        if (log != null) {
            try {
                LoggerFactory.getLogger(Logs.FILE_ONLY).error("run {}", result, thrown);
                note(result, 0, 0, Failure.of(thrown));
            } catch (RuntimeException e) {
                // a full disk: what is told on the terminal is the first failure
                thrown.addSuppressed(e);
            }
        }
        report.failure(thrown);
        return Failure.exitCode(thrown);
    }

    @Override
    public void close() {
        if (log == null) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already
            return;
        }
    }
}

package io.bactrian.cli;

import io.bactrian.state.Progress;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on standard error that follows a {@link Progress}: stage, table, rate and time left. One
 * bar a stage.
 */
final class ProgressDisplay implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 250;

    private final Progress progress;
    private final PrintStream out;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "progress");
                        thread.setDaemon(true);
                        return thread;
                    });
    private ProgressBar bar;
    private String stage = "";

    /** Starts to follow. */
    ProgressDisplay(Progress progress, PrintStream out) {
        this.progress = progress;
        this.out = out;
        timer.scheduleWithFixedDelay(
                this::show, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void show() {
        Progress.Status status = progress.status();
        if (status.stage().isEmpty()) {
            return;
        }
        if (!status.stage().equals(stage)) {
            if (bar != null) {
                // the next stage begins when this one is done, after the last look at it
                bar.stepTo(bar.getMax());
            }
            endBar();
            stage = status.stage();
            bar = newBar(status);
        }
        update(status);
    }

    private void update(Progress.Status status) {
        boolean inBytes = status.expectedBytes() > 0;
        long expected = inBytes ? status.expectedBytes() : status.expectedRows();
        long done = inBytes ? status.bytes() : status.rows();
        // an estimate that was too low must not show more than all
        bar.maxHint(expected == 0 ? -1 : Math.max(expected, done));
        bar.stepTo(done);
        bar.setExtraMessage(" " + status.table());
    }

    private ProgressBar newBar(Progress.Status status) {
        ProgressBarBuilder builder =
                new ProgressBarBuilder()
                        .setTaskName(status.stage())
                        .setStyle(ProgressBarStyle.ASCII)
                        .setInitialMax(-1)
                        .setUpdateIntervalMillis(INTERVAL_MILLIS)
                        .setConsumer(new ConsoleProgressBarConsumer(out, Terminal.width()))
                        .showSpeed();
        if (status.expectedBytes() > 0) {
            builder.setUnit("MB", 1_000_000);
        } else {
            builder.setUnit(" rows", 1);
        }
        return builder.build();
    }

    private void endBar() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /** Ends the bar where it is. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            if (bar != null) {
                update(progress.status());
                endBar();
            }
        }
    }
}

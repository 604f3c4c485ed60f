package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.cli.Cli;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** An act in this JVM, into which something comes. */
final class Disturbed {
    private final Act act;
    private final Act.Stage stage;
    private final Watch watch;
    private int endedWell;
    private int goneOnWith;

    Disturbed(Act act, Act.Stage stage, Watch watch) {
        this.act = act;
        this.stage = stage;
        this.watch = watch;
    }

    /** How long it takes when nothing comes. It has to hold then, too. */
    Duration whole() {
        act.before(stage);
        long began = System.nanoTime();
        Cli cli = stage.run(act.command(stage));
        long took = System.nanoTime() - began;
        assertThat(cli.code()).as(cli.toString()).isIn(0, 3);
        act.holds(stage);
        return Duration.ofNanos(took);
    }

    /**
     * Runs it, with a fault after some time, and holds it to what it promises; where it failed, or
     * told that rows wait, it is run again first.
     */
    void run(Duration after, Runnable fault) {
        run(after, fault, () -> {}, false);
    }

    /**
     * The same.
     *
     * @param end of the fault, when the command has ended
     * @param always whether it is run again even where it ended well
     */
    void run(Duration after, Runnable fault, Runnable end, boolean always) {
        act.before(stage);
        CompletableFuture<Cli> running =
                CompletableFuture.supplyAsync(() -> stage.run(act.command(stage)));
        long moment = System.nanoTime() + after.toNanos();
        while (!running.isDone() && System.nanoTime() < moment) {
            LockSupport.parkNanos(500_000);
        }
        fault.run();
        Cli cli = running.join();
        end.run();
        watch.awaitFree();
        if (cli.code() == 1) {
            assertThat(cli.out()).as("a failure is told").contains("\"error\"", "\"hint\"");
            goneOnWith++;
        } else {
            assertThat(cli.code()).as(cli.toString()).isIn(0, 3);
            endedWell++;
        }
        // what the cut session still held is left to the next round, and told
        boolean waits = cli.out().contains("\"converged\" : false");
        if (cli.code() == 1 || always || waits) {
            act.again(stage);
        }
        act.holds(stage);
        watch.awaitFree();
    }

    /** Runs that ended well in spite of it. */
    int endedWell() {
        return endedWell;
    }

    /** Runs that failed and were run again. */
    int goneOnWith() {
        return goneOnWith;
    }
}

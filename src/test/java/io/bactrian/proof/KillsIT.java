package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.law.Child;
import io.bactrian.law.Twin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGKILL at random points, spread evenly over the time that the work takes undisturbed. */
class KillsIT {
    /** A first run on a busy machine may take many times what the next does on a quiet one. */
    private static final int MISSES = 15;

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("io.bactrian.proof.Act#all")
    void killedAnywhereAndRunAgain(Act act) throws Exception {
        int kills = Proof.times(3, 30);
        Random random = Proof.random(act.toString());
        long began = System.nanoTime();
        try (Twin twin = Twin.of("kills");
                Watch watch = new Watch(twin)) {
            Act.Stage stage = new Act.Stage(twin, folder);
            long whole = undisturbed(act, stage, watch).toNanos();
            int tried = 0;
            for (double point : Proof.spread(random, kills)) {
                for (boolean hit = false; !hit; tried++) {
                    assertThat(tried).as("kills that came too late").isLessThan(kills + MISSES);
                    act.before(stage);
                    try (Child child = stage.start(act.command(stage))) {
                        long begin = watch.begin(child);
                        long moment = begin + (long) (point * whole);
                        while (child.isAlive() && System.nanoTime() < moment) {
                            LockSupport.parkNanos(500_000);
                        }
                        hit = watch.isAtWork() && child.isAlive();
                        if (!hit) {
                            // the machine was faster than the first time
                            whole = whole * 4 / 5;
                        }
                    }
                    watch.awaitFree();
                    act.again(stage);
                    act.holds(stage);
                    watch.awaitFree();
                }
            }
            new Page("kills")
                    .row(
                            act.toString().toLowerCase(Locale.ROOT),
                            tried,
                            kills,
                            tried,
                            whole / 1e9,
                            (System.nanoTime() - began) / 1e9);
        }
    }

    /** It holds without any fault, too. Returns how long it works. */
    private static Duration undisturbed(Act act, Act.Stage stage, Watch watch) {
        act.before(stage);
        try (Child child = stage.start(act.command(stage))) {
            Duration whole = watch.measure(child);
            act.holds(stage);
            return whole;
        }
    }
}

package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair;
import io.bactrian.law.Twin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are cut at random points, delayed and slowed. */
@Timeout(600)
class WaysIT {
    /** A server in another part of the world answers a statement in twice that. */
    private static final Duration DELAY = Duration.ofMillis(2);

    private static final long SLOW = 4 << 20;

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("io.bactrian.proof.Act#chosen")
    void cutAnywhere(Act act) throws Exception {
        int cuts = Proof.times(1, 6);
        Random random = Proof.random("cut " + act);
        try (Proxy toSource = new Proxy(MySqlPair.shared().source());
                Proxy toTarget = new Proxy(MySqlPair.shared().target());
                Twin twin = Twin.of("ways");
                Watch watch = new Watch(twin)) {
            twin.through("one", toSource.address()).through("two", toTarget.address());
            Disturbed disturbed = new Disturbed(act, new Act.Stage(twin, folder), watch);
            long whole = disturbed.whole().toNanos();
            AtomicInteger connections = new AtomicInteger();
            boolean source = act == Copying.BACKUP;
            for (double point : Proof.spread(random, cuts)) {
                Proxy cut = source ? toSource : toTarget;
                int before = connections.get();
                for (int tries = 0; connections.get() == before; tries++) {
                    assertThat(tries).as("cuts that hit nothing").isLessThan(60);
                    // it is faster than the first time, and not at both servers all the time
                    double at = tries == 0 ? point : random.nextDouble();
                    disturbed.run(
                            Duration.ofNanos((long) (at * whole)),
                            () -> connections.addAndGet(cut.cut()));
                }
                // a restore asks the source nothing
                source = act == Copying.BACKUP || act != Copying.RESTORE && !source;
            }
            new Page("cuts")
                    .row(
                            act.toString().toLowerCase(Locale.ROOT),
                            disturbed.endedWell() + disturbed.goneOnWith(),
                            connections.get(),
                            disturbed.endedWell(),
                            disturbed.goneOnWith());
        }
    }

    @ParameterizedTest
    @MethodSource("io.bactrian.proof.Act#allOrRound")
    void delayedAndSlowed(Act act) throws Exception {
        try (Proxy toSource = new Proxy(MySqlPair.shared().source());
                Proxy toTarget = new Proxy(MySqlPair.shared().target());
                Twin twin = Twin.of("ways");
                Watch watch = new Watch(twin)) {
            Disturbed disturbed = new Disturbed(act, new Act.Stage(twin, folder), watch);
            twin.through("one", toSource.address()).through("two", toTarget.address());
            Duration plain = disturbed.whole();
            toSource.delay(DELAY);
            toTarget.delay(DELAY);
            Duration delayed = disturbed.whole();
            toSource.delay(Duration.ZERO).slow(SLOW);
            toTarget.delay(Duration.ZERO).slow(SLOW);
            Duration slowed = disturbed.whole();
            assertThat(delayed).isGreaterThan(DELAY);
            new Page("slow")
                    .row(
                            act.toString().toLowerCase(Locale.ROOT),
                            plain.toMillis() / 1000.0,
                            delayed.toMillis() / 1000.0,
                            slowed.toMillis() / 1000.0);
        }
    }
}

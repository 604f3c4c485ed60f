package io.bactrian.proof;

import io.bactrian.demo.MySqlServer;
import io.bactrian.law.Child;
import io.bactrian.law.Twin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that are killed at random points and started again while the program is at work. */
@Timeout(600)
class ServersIT {
    private static MySqlServer source;
    private static MySqlServer target;

    @TempDir Path folder;

    @BeforeAll
    static void launch() {
        source = MySqlServer.launch();
        target = MySqlServer.launch();
    }

    @AfterAll
    static void end() {
        source.close();
        target.close();
    }

    @ParameterizedTest
    @MethodSource("io.bactrian.proof.Act#allOrRound")
    void killedAndStartedAgain(Act act) throws Exception {
        int each = Proof.times(1, 2);
        int endedWell = 0;
        int goneOnWith = 0;
        Random random = Proof.random("servers " + act);
        try (Twin twin = Twin.of("servers", source.address(), target.address())) {
            Act.Stage stage = new Act.Stage(twin, folder);
            twin.with("retry-attempts", 4).with("retry-delay", "500ms");
            act.before(stage);
            Duration whole;
            try (Watch watch = new Watch(twin);
                    Child child = stage.start(act.command(stage))) {
                whole = watch.measure(child);
            }
            for (MySqlServer server : act == Copying.BACKUP ? new MySqlServer[] {source} : both()) {
                for (double point : Proof.spread(random, each)) {
                    int code = killed(server, act, stage, (long) (point * whole.toNanos()));
                    if (code == 0 || code == 3) {
                        endedWell++;
                    } else {
                        goneOnWith++;
                        act.again(stage);
                    }
                    act.holds(stage);
                }
            }
        }
        new Page("servers")
                .row(
                        act.toString().toLowerCase(Locale.ROOT),
                        endedWell + goneOnWith,
                        endedWell,
                        goneOnWith);
    }

    private static MySqlServer[] both() {
        return new MySqlServer[] {source, target};
    }

    /** Returns the program's exit code. */
    private static int killed(MySqlServer server, Act act, Act.Stage stage, long nanos)
            throws Exception {
        act.before(stage);
        try (Child child = stage.start(act.command(stage))) {
            try (Watch watch = new Watch(stage.twin())) {
                long moment = watch.begin(child) + nanos;
                while (child.isAlive() && System.nanoTime() < moment) {
                    LockSupport.parkNanos(500_000);
                }
            }
            server.kill();
            server.start();
            return child.exitCode();
        }
    }
}

package io.bactrian.law;

import io.bactrian.config.SyncDirection;
import io.bactrian.demo.MySqlServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The model where rounds end as a power cut ends them: the program, or one of the servers, is
 * killed (-9) at a random moment of each first round. The servers are the test's own, and are set
 * as no two should be. {@code -Dbactrian.model.kills=N} runs more cases, {@code
 * -Dbactrian.model.seed=S} others; a failed case names its own, and {@code -Dbactrian.model.kill=S}
 * runs it alone.
 */
@Timeout(3600)
class SyncModelKillsIT {
    private static final int CASES = Integer.getInteger("bactrian.model.kills", 5);
    private static final long SEED = Long.getLong("bactrian.model.seed", 20_261_125L);
    private static final Long ONLY = Long.getLong("bactrian.model.kill");

    /** Longest time from a round's begin to the blow; most rounds take less. */
    private static final int LATEST = 150;

    private static MySqlServer local;
    private static MySqlServer remote;

    @TempDir Path folder;

    @BeforeAll
    static void startServers() {
        local =
                MySqlServer.launch(
                        "--default-time-zone=+05:30",
                        "--character-set-server=latin1",
                        "--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES");
        remote =
                MySqlServer.launch(
                        "--default-time-zone=-11:00",
                        "--character-set-server=utf8mb4",
                        "--sql-mode=TRADITIONAL");
    }

    @AfterAll
    static void stopServers() {
        local.close();
        remote.close();
    }

    @Test
    void endsEqualThoughTheProgramOrAServerIsKilled() throws Exception {
        Random seeds = new Random(SEED);
        for (int i = 0; i < (ONLY == null ? CASES : 1); i++) {
            long seed = ONLY == null ? seeds.nextInt(1_000_000_000) : ONLY;
            ModelShape[] shapes = ModelShape.values();
            ModelShape shape = shapes[(int) (seed % shapes.length)];
            try (Duo duo = Duo.on(local.address(), remote.address(), "kills", shape.ddl())) {
                new ModelCase(duo, shape, seed, this::killSomebody).run();
            }
        }
    }

    /** Once or twice, so that what a kill left undone is met by another. */
    private List<String> killSomebody(Duo duo, Random random) {
        List<String> story = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            SyncDirection direction = SyncDirection.values()[random.nextInt(3)];
            int after = random.nextInt(LATEST);
            switch (random.nextInt(3)) {
                case 0 -> killProgram(duo, direction, after, story);
                case 1 -> killServer(duo, local, "local", direction, after, story);
                default -> killServer(duo, remote, "remote", direction, after, story);
            }
        }
        return story;
    }

    private void killProgram(Duo duo, SyncDirection direction, int after, List<String> story) {
        story.add("a round, %s, of a program that dies after %d ms".formatted(direction, after));
        String[] round = {"sync", "--direction", direction.name()};
        try (Child child = Child.start(folder, duo.twin(), "96m", round)) {
            child.awaitOrEnd(duo::isRoundOpen);
            pause(after);
            story.add(child.killIfAlive() ? "killed" : "it was over: " + child.said());
        }
        duo.endSessions();
    }

    private static void killServer(
            Duo duo,
            MySqlServer server,
            String name,
            SyncDirection direction,
            int after,
            List<String> story) {
        story.add("a round, %s; %s dies after %d ms".formatted(direction, name, after));
        try {
            story.add(
                    duo.cutOff(direction, after, server::kill)
                            .map(Object::toString)
                            .orElse("it failed"));
        } finally {
            server.start();
        }
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

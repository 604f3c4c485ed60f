package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.state.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is driven over JMX, as jconsole does it. */
@Timeout(180)
class DaemonJmxIT {
    private static final String ROWS = "SELECT * FROM item ORDER BY id";

    @TempDir Path dir;
    private Scene scene;

    @BeforeEach
    void prepare() {
        scene = Scene.shared(dir);
        scene.inBoth(
                "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40))",
                "INSERT INTO item VALUES (1, 'one')");
    }

    @AfterEach
    void clean() {
        scene.close();
    }

    private void setUpSync() throws IOException {
        Cli setup = scene.run("sync", "setup", "--yes");
        assertThat(setup.code()).as(setup.toString()).isZero();
    }

    /** One of our beans, at the other end of a connection. */
    private record Bean(MBeanServerConnection server, String type) {
        private static final Map<Class<?>, String> TYPES =
                Map.of(
                        Boolean.class, "boolean",
                        Integer.class, "int",
                        Long.class, "long",
                        String.class, "java.lang.String");

        private ObjectName name() throws JMException {
            return new ObjectName("io.bactrian:type=" + type);
        }

        Object get(String attribute) {
            try {
                return server.getAttribute(name(), attribute);
            } catch (JMException | IOException e) {
                throw new AssertionError(attribute, e);
            }
        }

        /** A missing argument is a text that jconsole was given none for. */
        Object call(String operation, Object... arguments) {
            String[] types =
                    Stream.of(arguments)
                            .map(a -> TYPES.get(a == null ? String.class : a.getClass()))
                            .toArray(String[]::new);
            try {
                return server.invoke(name(), operation, arguments, types);
            } catch (RuntimeMBeanException e) {
                throw e.getTargetException();
            } catch (JMException | IOException e) {
                throw new AssertionError(operation, e);
            }
        }

        CompositeData composite(String operation, Object... arguments) {
            return (CompositeData) call(operation, arguments);
        }

        /** The run that an operation starts, when it has ended. */
        CompositeData ended(String operation, Object... arguments) {
            String id = (String) call(operation, arguments);
            await(() -> !composite("run", id).get("result").equals("running"));
            return composite("run", id);
        }

        JsonNode json(String operation, Object... arguments) {
            try {
                return Json.mapper().readTree((String) call(operation, arguments));
            } catch (IOException e) {
                throw new AssertionError(operation, e);
            }
        }

        /** It fails with an error that any client has the class of, and that says these words. */
        void refuses(List<String> words, String operation, Object... arguments) {
            Throwable thrown = catchThrowable(() -> call(operation, arguments));
            assertThat(thrown)
                    .as(operation + List.of(words))
                    .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                    .hasMessageContainingAll(words.toArray(String[]::new))
                    .hasMessageNotContainingAny("Exception", "mistake in Bactrian", "is null")
                    .hasNoCause();
        }
    }

    private static void await(BooleanSupplier condition) {
        try {
            Scene.await("over JMX", condition);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void syncsOnceAndByItself() throws Exception {
        setUpSync();
        try (Living daemon = Living.start(dir, scene)) {
            daemon.overJmx(
                    server -> {
                        Bean sync = new Bean(server, "Sync");
                        scene.inSource("INSERT INTO item VALUES (2, 'two')");
                        assertThat(sync.get("SetUp")).isEqualTo(true);
                        CompositeData round = sync.composite("synchronize", "");
                        assertThat(round.get("recordsSynced")).isEqualTo(1L);
                        assertThat(round.get("converged")).isEqualTo(true);
                        assertThat(sync.get("RecordsSynced")).isEqualTo(1L);
                        // what is told may be a second old
                        await(() -> sync.get("Pending").equals(0L));
                        assertThat(((CompositeData[]) sync.get("Tables"))[0].get("table"))
                                .isEqualTo("item");

                        assertThat(sync.get("Automatic")).isEqualTo(false);
                        sync.call("startAutoSync", 1);
                        assertThat(sync.get("Automatic")).isEqualTo(true);
                        scene.inTarget("INSERT INTO item VALUES (3, 'three')");
                        await(() -> scene.fromSource(ROWS).contains("three"));
                        sync.call("stopAutoSync");
                        assertThat(sync.get("Automatic")).isEqualTo(false);

                        sync.refuses(
                                List.of("direction: is 'up'", "LOCAL_TO_REMOTE"),
                                "synchronize",
                                "up");
                        sync.refuses(List.of("seconds is 0"), "startAutoSync", 0);
                        return null;
                    });
            assertThat(daemon.json("/api/runs").path("runs").findValuesAsText("door"))
                    .contains("jmx");
            assertThat(Files.readString(scene.logs().resolve("audit.log")).lines())
                    .anyMatch(
                            l ->
                                    l.contains("\"door\":\"jmx\"")
                                            && l.contains("\"command\":\"sync\""));
        }
    }

    @Test
    void replicatesSavesAndRestores() throws Exception {
        scene.inSource("INSERT INTO item VALUES (2, 'two')");
        try (Living daemon = Living.start(dir, scene)) {
            daemon.overJmx(
                    server -> {
                        Bean replicator = new Bean(server, "Replicator");
                        CompositeData copied = replicator.ended("replicate", "reconcile");
                        assertThat(copied.get("result")).as(copied.toString()).isEqualTo("ok");
                        assertThat(scene.fromTarget(ROWS)).isEqualTo(scene.fromSource(ROWS));
                        assertThat((Long) replicator.get("RowsWritten")).isPositive();

                        CompositeData saved = replicator.ended("backup", "to");
                        assertThat(saved.get("result")).as(saved.toString()).isEqualTo("ok");
                        JsonNode backup = replicator.json("backups").get(0);
                        assertThat(backup.path("state").asText()).isEqualTo("GOOD");
                        String before = scene.fromTarget(ROWS);
                        scene.inTarget("DELETE FROM item");
                        CompositeData restored =
                                replicator.ended(
                                        "restore", backup.path("backup_id").asText(), "to");
                        assertThat(restored.get("result")).as(restored.toString()).isEqualTo("ok");
                        assertThat(scene.fromTarget(ROWS)).isEqualTo(before);

                        CompositeData equal = replicator.ended("verify", false);
                        assertThat(equal.get("result")).as(equal.toString()).isEqualTo("ok");
                        assertThat(((CompositeData) replicator.get("LastRun")).get("runId"))
                                .isEqualTo(equal.get("runId"));
                        assertThat(replicator.ended("analyze").get("result")).isEqualTo("ok");
                        assertThat(replicator.get("RunsEnded")).isEqualTo(5L);
                        return null;
                    });
        }
    }

    @Test
    void saysWhatIsWrongInACall() throws Exception {
        try (Living daemon = Living.start(dir, scene)) {
            daemon.overJmx(
                    server -> {
                        Bean replicator = new Bean(server, "Replicator");
                        Bean sync = new Bean(server, "Sync");
                        replicator.refuses(
                                List.of("mode: is \"half\"", "reconcile"), "replicate", "half");
                        replicator.refuses(List.of("mode: is \"\"", "truncate"), "replicate", "");
                        replicator.refuses(List.of("nobody", "from, "), "backup", "nobody");
                        replicator.refuses(List.of("database: is \"\""), "backup", "");
                        replicator.refuses(
                                List.of("database: is missing"), "backup", (Object) null);
                        replicator.refuses(
                                List.of("20260101-000000-0000"),
                                "restore",
                                "20260101-000000-0000",
                                "to");
                        replicator.refuses(List.of("../x"), "restore", "../x", "to");
                        replicator.refuses(List.of("backup_id: is missing"), "restore", null, "to");
                        replicator.refuses(
                                List.of("nobody"), "restore", "20260101-000000-0000", "nobody");
                        replicator.refuses(
                                List.of("20260101-000000-0000 is not the id of a run"),
                                "run",
                                "20260101-000000-0000");
                        replicator.refuses(List.of("is not the id of a run"), "run", (Object) null);
                        replicator.refuses(
                                List.of("pipeline: is 'x'"), "start", "{\"pipeline\": \"x\"}");
                        replicator.refuses(List.of("request: is not JSON"), "start", "verify");
                        replicator.refuses(List.of("pipeline: is missing"), "start", "");
                        replicator.refuses(List.of("pipeline: is missing"), "start", (Object) null);
                        sync.refuses(List.of("conflict 7", "set up"), "resolve", 7L, "local");
                        sync.refuses(List.of("set up"), "synchronize", "");
                        assertThat(sync.json("conflicts", true, 10)).isEmpty();
                        assertThat(sync.get("SetUp")).isEqualTo(false);
                        return null;
                    });
        }
    }

    @Test
    void decidesConflicts() throws Exception {
        scene.inBoth("INSERT INTO item VALUES (2, 'two')");
        setUpSync();
        scene.with("bactrian.sync.strategy", "MANUAL");
        try (Living daemon = Living.start(dir, scene)) {
            daemon.overJmx(
                    server -> {
                        Bean sync = new Bean(server, "Sync");
                        scene.inSource("UPDATE item SET name = CONCAT('mine', id)");
                        scene.inTarget("UPDATE item SET name = CONCAT('theirs', id)");
                        assertThat(sync.composite("synchronize", "bidirectional").get("conflicts"))
                                .isEqualTo(2L);
                        // of both rows, on both sides
                        await(() -> sync.get("ConflictsWaiting").equals(4L));
                        Map<String, Long> ids = waiting(sync);
                        assertThat(ids).containsOnlyKeys("1", "2");
                        Long one = ids.get("1");

                        sync.refuses(
                                List.of("keep: is \"mine\"", "local, remote"),
                                "resolve",
                                one,
                                "mine");
                        sync.refuses(List.of("keep, with: are missing"), "resolve", one, null);
                        sync.refuses(List.of("conflict 7777777"), "resolve", 7_777_777L, "local");
                        sync.refuses(List.of("with: is []", "an object"), "resolveWith", one, "[]");
                        sync.refuses(List.of("is not JSON"), "resolveWith", one, "{");

                        assertThat(sync.composite("resolve", one, "local").get("errors"))
                                .isEqualTo(0L);
                        sync.refuses(List.of("conflict " + one), "resolve", one, "remote");
                        assertThat(
                                        sync.composite(
                                                        "resolveWith",
                                                        ids.get("2"),
                                                        "{\"name\": \"both\"}")
                                                .get("converged"))
                                .isEqualTo(true);
                        assertThat(scene.fromSource(ROWS))
                                .isEqualTo("1\tmine1\n2\tboth")
                                .isEqualTo(scene.fromTarget(ROWS));
                        assertThat(waiting(sync)).isEmpty();
                        return null;
                    });
        }
    }

    private static Map<String, Long> waiting(Bean sync) {
        Map<String, Long> ids = new TreeMap<>();
        sync.json("conflicts", true, 10)
                .forEach(c -> ids.put(c.path("record_id").asText(), c.path("id").asLong()));
        return ids;
    }

    @Test
    void triesRefusedRowsAgain() throws Exception {
        setUpSync();
        scene.inTarget(
                "CREATE TRIGGER no BEFORE INSERT ON item FOR EACH ROW SIGNAL SQLSTATE '45000'");
        scene.inSource("INSERT INTO item VALUES (2, 'two')");
        try (Living daemon = Living.start(dir, scene)) {
            daemon.overJmx(
                    server -> {
                        Bean replicator = new Bean(server, "Replicator");
                        Bean sync = new Bean(server, "Sync");
                        assertThat(sync.composite("synchronize", "").get("errors")).isEqualTo(1L);
                        await(() -> sync.get("Refused").equals(1L));
                        scene.inTarget("DROP TRIGGER no");
                        String id = (String) sync.call("retry");
                        await(() -> replicator.composite("run", id).get("result").equals("ok"));
                        assertThat(scene.fromTarget(ROWS)).isEqualTo(scene.fromSource(ROWS));
                        return null;
                    });
        }
    }

    @Test
    void saysWhichRunIsInTheWay() throws Exception {
        try (var writer = scene.target().connect(scene.schema());
                var hold = writer.createStatement();
                Living daemon = Living.start(dir, scene)) {
            hold.execute("LOCK TABLES item WRITE");
            daemon.overJmx(
                    server -> {
                        Bean replicator = new Bean(server, "Replicator");
                        String id = (String) replicator.call("verify", false);
                        replicator.refuses(List.of(id, "wait until"), "replicate", "truncate");
                        assertThat((CompositeData[]) replicator.get("Running"))
                                .extracting(run -> run.get("runId"))
                                .containsExactly(id);
                        return null;
                    });
            hold.execute("UNLOCK TABLES");
        }
    }
}

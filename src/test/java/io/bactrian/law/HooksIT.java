package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.config.Settings;
import io.bactrian.error.StructureException;
import io.bactrian.route.Job;
import io.bactrian.route.Pipelines;
import io.bactrian.route.ReplicateReport;
import io.bactrian.route.SyncJob;
import io.bactrian.sql.SyncConflicts.Conflict;
import io.bactrian.state.Progress;
import io.bactrian.state.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Routes that an integrator hangs on the pipelines: called at their places, and only if they are
 * there.
 */
@Timeout(60)
class HooksIT {
    private static final List<String> STAGES =
            List.of("replicate", "analyze", "backup", "structure", "data", "verify");

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    /** The pipelines in a context with routes of one's own. */
    private Pipelines pipelines(CamelContext context, Settings settings, String... places)
            throws Exception {
        Pipelines pipelines = Pipelines.addTo(context, settings, run -> new Progress());
        context.addRoutes(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        for (String place : places) {
                            from("direct:" + place)
                                    .routeId("my-" + place)
                                    .process(
                                            e ->
                                                    heard.add(
                                                            place
                                                                    + " "
                                                                    + e.getMessage()
                                                                            .getBody()
                                                                            .getClass()
                                                                            .getSimpleName()))
                                    .setBody(constant("of no interest to the pipeline"));
                        }
                    }
                });
        context.start();
        return pipelines;
    }

    private static Job job(Settings settings) {
        return Job.of(
                        RunId.at(Instant.now()),
                        settings.source(),
                        settings.target(),
                        settings.tables())
                .changing()
                .copying(Job.Mode.TRUNCATE, false);
    }

    @Test
    void eachStageTellsWhenItBeginsAndWhatItCameTo() throws Exception {
        String[] places =
                STAGES.stream()
                        .flatMap(s -> List.of("before-" + s, "after-" + s).stream())
                        .toArray(String[]::new);
        try (Twin twin = Twin.of("hooks");
                CamelContext context = new DefaultCamelContext()) {
            twin.onSource("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
            twin.onTarget("CREATE TABLE old (id INT PRIMARY KEY)");
            Pipelines pipelines = pipelines(context, twin.settings(), places);

            ReplicateReport report = pipelines.replicate(job(twin.settings()));

            assertThat(report.verification().equal()).isTrue();
            assertThat(heard)
                    .containsExactly(
                            "before-replicate Job",
                            "before-analyze Job",
                            "after-analyze Report",
                            "before-backup Job",
                            "after-backup Report",
                            "before-structure Job",
                            "after-structure Report",
                            "before-data Job",
                            "after-data Report",
                            "before-verify Job",
                            "after-verify Report",
                            "after-replicate ReplicateReport");
        }
    }

    @Test
    void eachTableEachDeadLetterAndARestoreAreTold() throws Exception {
        try (Twin twin = Twin.of("hooks_tables");
                CamelContext context = new DefaultCamelContext()) {
            twin.onSource(
                    "CREATE TABLE a (id INT PRIMARY KEY)",
                    "CREATE TABLE b (id INT PRIMARY KEY)",
                    "INSERT INTO a VALUES (1)");
            twin.structure();
            String backup = twin.save().backupId();
            Pipelines pipelines =
                    pipelines(
                            context,
                            twin.settings(),
                            "before-data-table",
                            "after-data-table",
                            "before-verify-table",
                            "after-verify-table",
                            "before-restore",
                            "after-restore",
                            "dead-letters");

            pipelines.data(job(twin.settings()));
            assertThat(heard)
                    .containsExactlyInAnyOrder(
                            "before-data-table String",
                            "after-data-table TableReport",
                            "before-data-table String",
                            "after-data-table TableReport");
            heard.clear();

            assertThat(pipelines.verify(twin.job()).equal()).isTrue();
            assertThat(heard)
                    .containsExactlyInAnyOrder(
                            "before-verify-table String",
                            "after-verify-table TableReport",
                            "before-verify-table String",
                            "after-verify-table TableReport");
            heard.clear();

            pipelines.restore(twin.restoring(backup));
            assertThat(heard)
                    .startsWith("before-restore Job")
                    .endsWith("after-restore Report")
                    .doesNotContain("dead-letters String");
            heard.clear();

            twin.onSource("ALTER TABLE a ADD COLUMN v INT");
            assertThatThrownBy(() -> pipelines.data(job(twin.settings())))
                    .isInstanceOf(StructureException.class);
            assertThat(heard).containsExactly("dead-letters String");
        }
    }

    @Test
    void whatAHookThrowsEndsTheStageBeforeItChangesAnything() throws Exception {
        try (Twin twin = Twin.of("hooks_veto");
                CamelContext context = new DefaultCamelContext()) {
            twin.onBoth("CREATE TABLE t (id INT PRIMARY KEY)");
            twin.onSource("INSERT INTO t VALUES (1)");
            twin.onTarget("INSERT INTO t VALUES (2)");
            context.addRoutes(
                    new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("direct:before-data")
                                    .routeId("veto")
                                    .throwException(IllegalStateException.class, "not today");
                        }
                    });
            Pipelines pipelines = pipelines(context, twin.settings());

            assertThatThrownBy(() -> pipelines.replicate(job(twin.settings())))
                    .hasStackTraceContaining("not today");
            assertThat(twin.one(twin.target(), "SELECT GROUP_CONCAT(id) FROM t")).isEqualTo("2");
        }
    }

    @Test
    void eachConflictIsTold() throws Exception {
        try (Duo duo = Duo.of("hooks_conflicts", "CREATE TABLE t (id INT PRIMARY KEY, v INT)");
                CamelContext context = new DefaultCamelContext()) {
            List<Conflict> told = Collections.synchronizedList(new ArrayList<>());
            Settings settings = duo.twin().settings();
            context.addRoutes(
                    new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("direct:after-conflict")
                                    .routeId("audit")
                                    .process(e -> told.add(e.getMessage().getBody(Conflict.class)));
                        }
                    });
            Pipelines pipelines = pipelines(context, settings, "before-sync", "after-sync");
            duo.atLocal("INSERT INTO t VALUES (1, 1), (2, 1)");
            duo.atRemote("INSERT INTO t VALUES (1, 2), (3, 2)");

            pipelines.sync(SyncJob.of("r1", settings));
            pipelines.sync(SyncJob.of("r2", settings));

            assertThat(told).hasSize(1);
            assertThat(told.get(0).recordId()).isEqualTo("1");
            assertThat(told.get(0).localData()).contains("\"v\"");
            assertThat(heard)
                    .containsExactly(
                            "before-sync SyncJob",
                            "after-sync SyncReport",
                            "before-sync SyncJob",
                            "after-sync SyncReport");
        }
    }
}

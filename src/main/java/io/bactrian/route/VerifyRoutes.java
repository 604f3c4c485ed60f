package io.bactrian.route;

import io.bactrian.route.VerifyStep.ChunkReport;
import io.bactrian.route.VerifyStep.ChunkTask;
import io.bactrian.route.VerifyStep.Report;
import io.bactrian.route.VerifyStep.TablePlan;
import io.bactrian.route.VerifyStep.TableReport;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Verify: tables, each of chunks; and the repair of tables that differ. */
final class VerifyRoutes extends RouteBuilder {
    private final Pairs pairs;
    private final VerifyStep verify;
    private final RepairStep repair;
    private final ExecutorService tables;
    private final ExecutorService chunks;

    VerifyRoutes(
            Pairs pairs,
            VerifyStep verify,
            RepairStep repair,
            ExecutorService tables,
            ExecutorService chunks) {
        this.pairs = pairs;
        this.verify = verify;
        this.repair = repair;
        this.tables = tables;
        this.chunks = chunks;
    }

    @Override
    public void configure() {
        from("direct:verify")
                .routeId("verify")
                .routeDescription("Prove the rows of all tables equal, or name those that are not")
                .routePolicy(pairs)
                .setVariable("verifying", body())
                .toV(Hooks.before("verify"), null, Hooks.ANSWER)
                .to("direct:verify-tables")
                .filter(e -> job(e).repair() && !Body.of(e, Report.class).equal())
                .to("direct:repair")
                .end()
                .toV(Hooks.after("verify"), null, Hooks.ANSWER);

        from("direct:verify-tables")
                .routeId("verify-tables")
                .routeDescription("Compare all tables")
                .to("direct:verify-begin")
                .split(body(), Body.list())
                .parallelProcessing()
                .executorService(tables)
                .stopOnException()
                .to("direct:verify-table")
                .end()
                .transform(Body.from(e -> verify.end(job(e), Body.list(e, TableReport.class))));

        from("direct:verify-begin")
                .routeId("verify-begin")
                .routeDescription("Open a view of both sides")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(Job.class, verify::begin));

        from("direct:verify-table")
                .routeId("verify-table")
                .routeDescription("Compare the chunks of one table")
                .setVariable("table", Body.map(DataStep.TableTask.class, DataStep.TableTask::table))
                .toV(Hooks.before("verify-table"), "table", Hooks.ANSWER)
                .to("direct:verify-plan")
                .setVariable("plan", body())
                .split(
                        Body.map(TablePlan.class, TablePlan::tasks),
                        Body.sum(ChunkReport.class, VerifyStep::sum))
                .parallelProcessing()
                .executorService(chunks)
                .stopOnException()
                .to("direct:verify-chunk")
                .end()
                .transform(
                        Body.from(
                                e ->
                                        verify.end(
                                                e.getVariable("plan", TablePlan.class),
                                                Body.of(e, ChunkReport.class))))
                .toV(Hooks.after("verify-table"), null, Hooks.ANSWER);

        from("direct:verify-plan")
                .routeId("verify-plan")
                .routeDescription("Cut one table into chunks")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(
                        Body.from(
                                e ->
                                        verify.plan(
                                                job(e),
                                                Body.of(e, DataStep.TableTask.class).table())));

        from("direct:verify-chunk")
                .routeId("verify-chunk")
                .routeDescription("Compare one chunk's digests; look for rows where they differ")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(ChunkTask.class, verify::compare));

        from("direct:repair")
                .routeId("repair")
                .routeDescription("Write the rows that differ, and compare again")
                .transform(Body.from(e -> repair.begin(job(e), Body.of(e, Report.class))))
                .toV("direct:backup-ranges", null, "saved")
                .split(body(), Body.sum(Long.class, Long::sum))
                .parallelProcessing()
                .executorService(tables)
                .stopOnException()
                .to("direct:repair-table")
                .end()
                .setVariable("repaired", Body.from(e -> repair.end(job(e), Body.of(e, Long.class))))
                .setBody(Body.from(VerifyRoutes::job))
                .to("direct:verify-tables")
                .transform(
                        Body.from(
                                e ->
                                        Body.of(e, Report.class)
                                                .repaired(
                                                        e.getVariable("repaired", long.class),
                                                        pairs.state(job(e).runId()).backupId())));

        from("direct:repair-table")
                .routeId("repair-table")
                .routeDescription("Write the rows of one table that differ")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(RepairStep.Task.class, repair::repair));
    }

    private static Job job(Exchange exchange) {
        return exchange.getVariable("verifying", Job.class);
    }
}

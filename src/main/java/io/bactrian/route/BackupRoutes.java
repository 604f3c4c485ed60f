package io.bactrian.route;

import io.bactrian.backup.Manifest.SavedPart;
import io.bactrian.backup.Manifest.SavedTable;
import io.bactrian.route.BackupStep.PartTask;
import io.bactrian.route.BackupStep.TablePlan;
import io.bactrian.route.BackupStep.TableTask;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Backup: tables, each of parts. */
final class BackupRoutes extends RouteBuilder {
    static final String ALL = "backup";
    static final String RANGES = "backup-ranges";
    static final String TABLES = "backup-tables";

    private final Pairs pairs;
    private final BackupStep step;
    private final StoreStep stores;
    private final BackupJournal journal;
    private final ExecutorService tables;
    private final ExecutorService chunks;

    BackupRoutes(
            Pairs pairs,
            BackupStep step,
            StoreStep stores,
            BackupJournal journal,
            ExecutorService tables,
            ExecutorService chunks) {
        this.pairs = pairs;
        this.step = step;
        this.stores = stores;
        this.journal = journal;
        this.tables = tables;
        this.chunks = chunks;
    }

    @Override
    public void configure() {
        from("direct:backup")
                .routeId(ALL)
                .routeDescription("Save what will be changed, once in a run; without changes, all")
                .routePolicy(pairs, journal)
                .setVariable("saving", body())
                .to("direct:backup-needed")
                .filter(body())
                .setBody(variable("saving"))
                .toV(Hooks.before("backup"), null, Hooks.ANSWER)
                .to("direct:backup-begin")
                .to("direct:backup-tables")
                .setBody(Body.from(e -> step.known(job(e))))
                .toV(Hooks.after("backup"), null, Hooks.ANSWER)
                .end()
                .transform(Body.from(e -> step.known(job(e))));

        from("direct:backup-ranges")
                .routeId(RANGES)
                .routeDescription("Save the rows that a repair will write")
                .routePolicy(journal)
                .setVariable("saving", variable("verifying"))
                .filter(e -> step.areRangesNeeded(job(e), repairs(e)))
                .to("direct:backup-begin-ranges")
                .to("direct:backup-tables")
                .end()
                .transform(Body.from(e -> step.known(job(e))));

        from("direct:backup-needed")
                .routeId("backup-needed")
                .routeDescription("Whether there is something to save that is not saved yet")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(Job.class, step::isNeeded));

        from("direct:backup-tables")
                .routeId(TABLES)
                .routeDescription("Save all tables, from one moment")
                .routePolicy(journal)
                .split(body(), Body.list())
                .parallelProcessing()
                .executorService(tables)
                .stopOnException()
                .to("direct:backup-table")
                .end()
                .to("direct:backup-end")
                .filter(e -> stores.isWanted())
                .to("direct:backup-store")
                .end();

        from("direct:backup-begin")
                .routeId("backup-begin")
                .routeDescription("See that there is room; open the backup and the snapshot")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.from(e -> step.begin(job(e))));

        from("direct:backup-begin-ranges")
                .routeId("backup-begin-ranges")
                .routeDescription("The same for a repair")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.from(e -> step.begin(job(e), repairs(e))));

        from("direct:backup-table")
                .routeId("backup-table")
                .routeDescription("Save one table")
                .to("direct:backup-plan")
                .setVariable("plan", body())
                .split(Body.map(TablePlan.class, TablePlan::tasks), Body.list())
                .parallelProcessing()
                .executorService(chunks)
                .stopOnException()
                .to("direct:backup-part")
                .end()
                .transform(
                        Body.from(
                                e ->
                                        step.end(
                                                e.getVariable("plan", TablePlan.class),
                                                Body.list(e, SavedPart.class))));

        from("direct:backup-plan")
                .routeId("backup-plan")
                .routeDescription("Cut one table into parts")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(TableTask.class, step::plan));

        from("direct:backup-part")
                .routeId("backup-part")
                .routeDescription("Save the rows of one part in a file of its own")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(PartTask.class, step::save));

        from("direct:backup-store")
                .routeId("backup-store")
                .routeDescription("Keep the backup in other places, too")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(
                        Body.from(
                                e ->
                                        step.stored(
                                                job(e),
                                                stores.put(Body.of(e, BackupStep.Report.class)))));

        from("direct:backup-end")
                .routeId("backup-end")
                .routeDescription("Make it a backup: complete, on the disk and listed")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.from(e -> step.end(job(e), Body.list(e, SavedTable.class))));
    }

    private static List<RepairStep.Task> repairs(Exchange exchange) {
        return Body.list(exchange, RepairStep.Task.class);
    }

    static Job job(Exchange exchange) {
        return exchange.getVariable("saving", Job.class);
    }
}

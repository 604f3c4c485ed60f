package io.bactrian.route;

import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Restore: the pipeline of a replication, with a backup in the source's place. */
final class RestoreRoutes extends RouteBuilder {
    private final Pairs pairs;
    private final RestoreStep step;
    private final StoreStep stores;
    private final BackupJournal journal;
    private final ExecutorService pool;

    RestoreRoutes(
            Pairs pairs,
            RestoreStep step,
            StoreStep stores,
            BackupJournal journal,
            ExecutorService pool) {
        this.pairs = pairs;
        this.step = step;
        this.stores = stores;
        this.journal = journal;
        this.pool = pool;
    }

    @Override
    public void configure() {
        from("direct:restore")
                .routeId("restore")
                .routeDescription("Put into the target what a backup holds, and look at it")
                .routePolicy(pairs, journal)
                .setVariable("restoring", body())
                .toV(Hooks.before("restore"), null, Hooks.ANSWER)
                .to("direct:restore-fetch")
                .to("direct:restore-begin")
                .toV("direct:backup", null, "replaced")
                .toV("direct:structure", null, "structure")
                .toV("direct:data", null, "data")
                .to("direct:restore-ranges")
                .to("direct:restore-check")
                .transform(
                        Body.from(
                                e ->
                                        step.end(
                                                job(e),
                                                e.getVariable("replaced", BackupStep.Report.class),
                                                e.getVariable(
                                                        "structure", StructureStep.Report.class),
                                                e.getVariable("data", DataStep.Report.class))))
                .toV(Hooks.after("restore"), null, Hooks.ANSWER);

        from("direct:restore-fetch")
                .routeId("restore-fetch")
                .routeDescription("Bring a backup that is not in the folder from where it is kept")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(Job.class, stores::fetch));

        from("direct:restore-begin")
                .routeId("restore-begin")
                .routeDescription("Refuse a backup that is not what was written")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(Job.class, step::begin));

        from("direct:restore-ranges")
                .routeId("restore-ranges")
                .routeDescription("Put back the rows of tables of which only some were saved")
                .transform(Body.from(e -> step.ranges(job(e))))
                .split(body(), Body.sum(Long.class, Long::sum))
                .stopOnException()
                .to("direct:restore-table-ranges")
                .end();

        from("direct:restore-table-ranges")
                .routeId("restore-table-ranges")
                .routeDescription("Put back the saved rows of one table, in one transaction")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(RestoreStep.RangesTask.class, step::restore));

        from("direct:restore-check")
                .routeId("restore-check")
                .routeDescription("Count or compare what was restored")
                .transform(Body.from(e -> step.checks(job(e))))
                .split(body(), Body.sum(Long.class, Long::sum))
                .parallelProcessing()
                .executorService(pool)
                .stopOnException()
                .to("direct:restore-check-rows")
                .end();

        from("direct:restore-check-rows")
                .routeId("restore-check-rows")
                .routeDescription("Count the rows of a table, or compare those of one part")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(RestoreStep.Check.class, step::check));
    }

    static Job job(Exchange exchange) {
        return exchange.getVariable("restoring", Job.class);
    }
}

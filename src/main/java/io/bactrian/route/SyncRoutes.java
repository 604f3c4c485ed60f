package io.bactrian.route;

import io.bactrian.route.SyncStep.TableTask;
import io.bactrian.route.SyncStep.Tally;
import io.bactrian.sync.Batch;
import io.bactrian.sync.Phase;
import io.bactrian.sync.ProofPage;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Sync: a round of passes, each of four phases through the tables, these of batches. */
final class SyncRoutes extends RouteBuilder {
    /** Variable that holds the round's job. */
    static final String JOB = "syncing";

    private static final String ALL = "synced";
    private static final String AGAIN = "again";

    private final SyncPairs pairs;
    private final SyncStep sync;
    private final ExecutorService batches;

    /**
     * @param batches runs batches of one table beside each other; it must not queue many
     */
    SyncRoutes(SyncPairs pairs, SyncStep sync, ExecutorService batches) {
        this.pairs = pairs;
        this.sync = sync;
        this.batches = batches;
    }

    @Override
    public void configure() {
        from("direct:sync")
                .routeId("sync")
                .routeDescription("Carry what both sides changed to the other, once")
                .routeConfigurationId(ErrorHandling.PASSING_ON)
                .routePolicy(pairs)
                .setVariable(JOB, body())
                .setVariable(ALL, constant(Tally.NOTHING))
                .setVariable(AGAIN, constant(true))
                .toV(Hooks.before("sync"), null, Hooks.ANSWER)
                .to("direct:sync-begin")
                .loopDoWhile(variable(AGAIN))
                .to("direct:sync-pass")
                .end()
                .to("direct:sync-proof")
                .to("direct:sync-end")
                .toV("direct:sync-conflicts", null, Hooks.ANSWER)
                .toV(Hooks.after("sync"), null, Hooks.ANSWER);

        from("direct:sync-begin")
                .routeId("sync-begin")
                .routeDescription(
                        "Check structure and triggers, take the locks, settle what was cut off")
                .routeConfigurationId(ErrorHandling.ROUND)
                .transform(Body.map(SyncJob.class, sync::begin));

        from("direct:sync-pass")
                .routeId("sync-pass")
                .routeDescription("Rows that come, rows that go, and once more what had to wait")
                .routeConfigurationId(ErrorHandling.PASSING_ON)
                .setBody(constant(List.of(Phase.values())))
                .split(body(), Body.sum(Tally.class, Tally::plus))
                .stopOnException()
                .to("direct:sync-phase")
                .end()
                .setVariable(AGAIN, Body.from(e -> sync.another(job(e), tally(e))))
                .setVariable(ALL, Body.from(e -> e.getVariable(ALL, Tally.class).plus(tally(e))));

        from("direct:sync-phase")
                .routeId("sync-phase")
                .routeDescription("All tables that have changes, one after the other")
                .routeConfigurationId(ErrorHandling.PASSING_ON)
                .to("direct:sync-tables")
                .split(body(), Body.sum(Tally.class, Tally::plus))
                .stopOnException()
                .to("direct:sync-table")
                .end()
                .transform(Body.from(SyncRoutes::tally));

        from("direct:sync-tables")
                .routeId("sync-tables")
                .routeDescription("Which tables have changes, parents first, or last")
                .routeConfigurationId(ErrorHandling.ROUND)
                .transform(Body.from(e -> sync.tables(job(e), Body.of(e, Phase.class))));

        from("direct:sync-table")
                .routeId("sync-table")
                .routeDescription("The changes of one table, in batches")
                .routeConfigurationId(ErrorHandling.PASSING_ON)
                .choice()
                .when(e -> Body.of(e, TableTask.class).phase().isRetry())
                .split(Body.map(TableTask.class, sync::batches), Body.sum(Tally.class, Tally::plus))
                .streaming()
                .stopOnException()
                .to("direct:sync-batch")
                .end()
                .endChoice()
                .otherwise()
                .split(Body.map(TableTask.class, sync::batches), Body.sum(Tally.class, Tally::plus))
                .streaming()
                .parallelProcessing()
                .executorService(batches)
                .stopOnException()
                .to("direct:sync-batch")
                .end()
                .end()
                .transform(Body.from(SyncRoutes::tally));

        from("direct:sync-batch")
                .routeId("sync-batch")
                .routeDescription("Carry some rows of one table to the other side, exactly once")
                .routeConfigurationId(ErrorHandling.BATCH)
                .transform(Body.map(Batch.class, sync::apply));

        from("direct:sync-batch-failed")
                .routeId("sync-batch-failed")
                .routeDescription("Count a batch that failed for good; the others go on")
                .setVariable("batch", body())
                .to("direct:dead-letter")
                .transform(Body.from(e -> SyncStep.failed(e.getVariable("batch", Batch.class))));

        from("direct:sync-conflicts")
                .routeId("sync-conflicts")
                .routeDescription("Tell each conflict of the round to who asked for them")
                .routeConfigurationId(ErrorHandling.PASSING_ON)
                .filter(SyncRoutes::isConflictAsked)
                .split(Body.from(e -> sync.conflicts(job(e))))
                .streaming()
                .stopOnException()
                .to(Hooks.after("conflict"))
                .end();

        from("direct:sync-proof")
                .routeId("sync-proof")
                .routeDescription("Prove, page by page, that what was touched is equal")
                .routeConfigurationId(ErrorHandling.PASSING_ON)
                .split(Body.from(e -> sync.touched(job(e))), Body.sum(Long.class, Long::sum))
                .streaming()
                .parallelProcessing()
                .executorService(batches)
                .stopOnException()
                .to("direct:sync-compare")
                .end()
                .transform(Body.from(SyncRoutes::differing));

        from("direct:sync-compare")
                .routeId("sync-compare")
                .routeDescription("Compare some rows of one table that the round touched")
                .routeConfigurationId(ErrorHandling.ROUND)
                .transform(Body.from(e -> sync.prove(job(e), Body.of(e, ProofPage.class))));

        from("direct:sync-end")
                .routeId("sync-end")
                .routeDescription("Tell how the pair stands")
                .routeConfigurationId(ErrorHandling.ROUND)
                .transform(
                        Body.from(
                                e ->
                                        sync.end(
                                                job(e),
                                                e.getVariable(ALL, Tally.class),
                                                differing(e))));
    }

    private static boolean isConflictAsked(Exchange exchange) {
        return Hooks.isDefined(exchange.getContext(), Hooks.CONFLICT);
    }

    private static SyncJob job(Exchange exchange) {
        return exchange.getVariable(JOB, SyncJob.class);
    }

    private static long differing(Exchange exchange) {
        Long rows = Body.of(exchange, Long.class);
        return rows == null ? 0 : rows;
    }

    /** What a split came to; a split of nothing leaves its body as it was. */
    private static Tally tally(Exchange exchange) {
        Tally tally = Body.of(exchange, Tally.class);
        return tally == null ? Tally.NOTHING : tally;
    }
}

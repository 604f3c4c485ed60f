package io.bactrian.route;

import io.bactrian.error.ConnectionException;
import io.bactrian.route.DataStep.ChunkTask;
import io.bactrian.route.DataStep.TablePlan;
import io.bactrian.route.DataStep.TableReport;
import io.bactrian.route.DataStep.TableTask;
import io.bactrian.state.CopyLedger;
import io.bactrian.state.Json;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.spi.DataFormat;

/**
 * Data: tables, each of chunks. A chunk travels as JSON through the endpoint {@code
 * bactrian.chunks.uri}, whoever works it off.
 */
final class DataRoutes extends RouteBuilder {
    private final Pairs pairs;
    private final DataStep step;
    private final Restart restart;
    private final String chunksUri;
    private final ExecutorService tables;
    private final ExecutorService chunks;

    /** Two pools: a table waits for its chunks. */
    DataRoutes(
            Pairs pairs,
            DataStep step,
            Restart restart,
            String chunksUri,
            ExecutorService tables,
            ExecutorService chunks) {
        this.pairs = pairs;
        this.step = step;
        this.restart = restart;
        this.chunksUri = chunksUri;
        this.tables = tables;
        this.chunks = chunks;
    }

    @Override
    public void configure() {
        from("direct:data")
                .routeId("data")
                .routeDescription("Make the rows of all tables those of the source")
                .routePolicy(pairs)
                .setVariable("job", body())
                .toV(Hooks.before("data"), null, Hooks.ANSWER)
                .to("direct:canary")
                .choice()
                .when(e -> job(e).mode() == Job.Mode.RECONCILE)
                .to("direct:data-reconcile")
                .otherwise()
                .toV("direct:backup", null, "backup")
                .to("direct:data-copy")
                .end()
                .toV(Hooks.after("data"), null, Hooks.ANSWER);

        from("direct:canary")
                .routeId("canary")
                .routeDescription("Where two servers meet: every type goes there and back")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(Job.class, step::firstContact));

        from("direct:data-copy")
                .routeId("data-copy")
                .routeDescription("Copy; where the connections were lost, go on with new ones")
                .doTry()
                .to("direct:data-tables")
                .doCatch(ConnectionException.class)
                .onWhen(restart::isPossible)
                .setVariable("job", Body.from(restart::next))
                .delay(Body.from(restart::delay))
                .setBody(variable("job"))
                .to("direct:data-copy")
                .end();

        from("direct:data-tables")
                .routeId("data-tables")
                .routeDescription("Copy all rows, then build indexes and foreign keys")
                .to("direct:data-begin")
                .setVariable("begun", constant(true))
                .split(body(), Body.list())
                .parallelProcessing()
                .executorService(tables)
                .stopOnException()
                .to("direct:data-prepare")
                .end()
                .split(body(), Body.list())
                .parallelProcessing()
                .executorService(tables)
                .stopOnException()
                .to("direct:data-table")
                .end()
                .setVariable("copied", body())
                .transform(Body.from(e -> step.loaded(job(e))))
                .split(body())
                .stopOnException()
                .to("direct:data-foreign-keys")
                .end()
                .filter(e -> job(e).resume() && job(e).backup() == null)
                .toV("direct:data-recheck", "job", "rechecked")
                .end()
                .setBody(variable("copied"))
                .to("direct:data-end");

        from("direct:data-end")
                .routeId("data-end")
                .routeDescription("Look for orphans and changed structures; forget the checkpoints")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.from(e -> step.end(job(e), Body.list(e, TableReport.class))));

        from("direct:data-begin")
                .routeId("data-begin")
                .routeDescription("Refuse what cannot be copied; open the snapshot")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(Job.class, step::begin));

        from("direct:data-prepare")
                .routeId("data-prepare")
                .routeDescription("Empty and strip one table; cut it into chunks")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.from(e -> step.prepare(job(e), Body.of(e, TableTask.class))));

        from("direct:data-table")
                .routeId("data-table")
                .routeDescription("Copy the chunks of one table; build its indexes")
                .setVariable("plan", body())
                .setVariable("table", Body.map(TablePlan.class, TablePlan::table))
                .toV(Hooks.before("data-table"), "table", Hooks.ANSWER)
                .setVariable("started", Body.from(e -> System.nanoTime()))
                .split(
                        Body.map(TablePlan.class, TablePlan::tasks),
                        Body.sum(CopyLedger.Done.class, DataStep::sum))
                .parallelProcessing()
                .executorService(chunks)
                .stopOnException()
                .marshal(json(ChunkTask.class))
                .to(chunksUri)
                .unmarshal(json(CopyLedger.Done.class))
                .end()
                .setVariable("done", body())
                .to("direct:data-indexes")
                .toV(Hooks.after("data-table"), null, Hooks.ANSWER);

        from("direct:chunk")
                .routeId("chunk")
                .routeDescription("Copy one chunk, described in JSON; safe to be done twice")
                .routeConfigurationId(ErrorHandling.STEP)
                .unmarshal(json(ChunkTask.class))
                .transform(Body.map(ChunkTask.class, step::copy))
                .marshal(json(CopyLedger.Done.class));

        from("direct:data-indexes")
                .routeId("data-indexes")
                .routeDescription("Build what was taken off one table")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(
                        Body.from(
                                e ->
                                        step.finish(
                                                e.getVariable("plan", TablePlan.class),
                                                Body.of(e, CopyLedger.Done.class),
                                                e.getVariable("started", long.class))));

        from("direct:data-foreign-keys")
                .routeId("data-foreign-keys")
                .routeDescription("Put the foreign keys of one table back")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(TableTask.class, step::finishForeignKeys));

        from("direct:data-recheck")
                .routeId("data-recheck")
                .routeDescription(
                        "After a resume: what was copied from an older snapshot is compared with this one")
                .transform(Body.map(Job.class, job -> job.repairing(true)))
                .to("direct:verify");

        from("direct:data-reconcile")
                .routeId("data-reconcile")
                .routeDescription("Write only the rows that differ")
                .to("direct:data-begin")
                .setBody(Body.from(e -> job(e).repairing(true)))
                .to("direct:verify")
                .to("direct:data-reconciled");

        from("direct:data-reconciled")
                .routeId("data-reconciled")
                .routeDescription("Look for orphans; tell what was written")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.from(e -> step.end(job(e), Body.of(e, VerifyStep.Report.class))));
    }

    private static Job job(Exchange exchange) {
        return exchange.getVariable("job", Job.class);
    }

    private static DataFormat json(Class<?> type) {
        return new JacksonDataFormat(Json.mapper(), type);
    }
}

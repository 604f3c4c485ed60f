package io.bactrian.route;

import io.bactrian.route.StructureStep.PhaseTask;
import io.bactrian.route.StructureStep.Report;
import io.bactrian.route.StructureStep.StatementTask;
import java.util.concurrent.ExecutorService;
import org.apache.camel.builder.RouteBuilder;

/** Structure: a plan in phases, each of statements. */
final class StructureRoutes extends RouteBuilder {
    private final Pairs pairs;
    private final StructureStep step;
    private final ExecutorService pool;

    StructureRoutes(Pairs pairs, StructureStep step, ExecutorService pool) {
        this.pairs = pairs;
        this.step = step;
        this.pool = pool;
    }

    @Override
    public void configure() {
        from("direct:structure")
                .routeId("structure")
                .routeDescription(
                        "Make the target's tables, views, routines, triggers and events those of the source")
                .routePolicy(pairs)
                .setVariable("job", body())
                .toV("direct:backup", null, "backup")
                .toV(Hooks.before("structure"), null, Hooks.ANSWER)
                .to("direct:structure-plan")
                .split(body(), Body.sum(Report.class, StructureStep::sum))
                .stopOnException()
                .to("direct:structure-phase")
                .end()
                .transform(
                        Body.from(
                                e ->
                                        step.prove(
                                                e.getVariable("job", Job.class),
                                                Body.of(e, Report.class))))
                .toV(Hooks.after("structure"), null, Hooks.ANSWER);

        from("direct:structure-plan")
                .routeId("structure-plan")
                .routeDescription("What is to be done, in phases")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(Job.class, step::plan));

        from("direct:structure-phase")
                .routeId("structure-phase")
                .routeDescription(
                        "The statements of one phase; those about different tables at the same time")
                .choice()
                .when(e -> Body.of(e, PhaseTask.class).isParallel())
                .split(
                        Body.map(PhaseTask.class, PhaseTask::tasks),
                        Body.sum(Report.class, StructureStep::sum))
                .parallelProcessing()
                .executorService(pool)
                .stopOnException()
                .to("direct:structure-statement")
                .endChoice()
                .otherwise()
                .split(
                        Body.map(PhaseTask.class, PhaseTask::tasks),
                        Body.sum(Report.class, StructureStep::sum))
                .stopOnException()
                .to("direct:structure-statement")
                .endChoice()
                .end();

        from("direct:structure-statement")
                .routeId("structure-statement")
                .routeDescription("One statement on the target")
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(StatementTask.class, step::apply));
    }
}

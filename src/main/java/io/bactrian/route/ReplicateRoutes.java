package io.bactrian.route;

import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The whole pipeline, what is done if it fails, and the stage that is one step. */
final class ReplicateRoutes extends RouteBuilder {
    private final Pairs pairs;
    private final AnalyzeStep step;
    private final Rollback rollback;

    ReplicateRoutes(Pairs pairs, AnalyzeStep step, Rollback rollback) {
        this.pairs = pairs;
        this.step = step;
        this.rollback = rollback;
    }

    @Override
    public void configure() {
        from("direct:replicate")
                .routeId("replicate")
                .routeDescription("Make the target equal to the source, or leave it as it was")
                .routePolicy(pairs)
                .setVariable("replicating", body())
                // not doTry: under it no step is tried again
                .enrich("direct:replicate-stages", failureTo("failure"), true)
                .filter(variable("failure").isNotNull())
                .to("direct:rollback")
                .end();

        from("direct:replicate-stages")
                .routeId("replicate-stages")
                .routeDescription("All stages, one after the other")
                .routeConfigurationId(ErrorHandling.PASSING_ON)
                .toV(Hooks.before("replicate"), null, Hooks.ANSWER)
                .to("direct:canary")
                .toV("direct:analyze", null, "analysis")
                .toV("direct:backup", null, "backup")
                .toV("direct:structure", null, "structure")
                .toV("direct:data", null, "data")
                .toV("direct:verify", null, "verification")
                .setBody(Body.from(ReplicateRoutes::report))
                .toV(Hooks.after("replicate"), null, Hooks.ANSWER);

        from("direct:rollback")
                .routeId("rollback")
                .routeDescription("Put the target back, and tell what failed")
                .routeConfigurationId(ErrorHandling.PASSING_ON)
                .setVariable("restores", Body.from(this::restores))
                .enrich("direct:rollback-restores", failureTo("not-restored"), true)
                .process(
                        e ->
                                e.setException(
                                        rollback.told(
                                                job(e),
                                                restored(e),
                                                e.getVariable("failure", Exception.class),
                                                e.getVariable("not-restored", Exception.class))));

        from("direct:rollback-restores")
                .routeId("rollback-restores")
                .routeDescription("Restore what was saved, the last first")
                .split(variable("restores"))
                .stopOnException()
                .transform(Body.map(Job.class, rollback::begin))
                .to("direct:restore")
                .end()
                .process(e -> rollback.done(job(e), restored(e)));

        from("direct:analyze")
                .routeId("analyze")
                .routeDescription("Compare both structures; change nothing")
                .routePolicy(pairs)
                .routeConfigurationId(ErrorHandling.STEP)
                .toV(Hooks.before("analyze"), null, Hooks.ANSWER)
                .transform(Body.map(Job.class, step::analyze))
                .toV(Hooks.after("analyze"), null, Hooks.ANSWER);
    }

    private static ReplicateReport report(Exchange e) {
        VerifyStep.Report verification = e.getVariable("verification", VerifyStep.Report.class);
        VerifyStep.requireEqual(verification);
        return new ReplicateReport(
                e.getVariable("analysis", AnalyzeStep.Report.class),
                e.getVariable("backup", BackupStep.Report.class),
                e.getVariable("structure", StructureStep.Report.class),
                e.getVariable("data", DataStep.Report.class),
                verification);
    }

    private List<Job> restores(Exchange e) {
        return rollback.restores(job(e), e.getVariable("failure", Exception.class));
    }

    private static Job job(Exchange exchange) {
        return exchange.getVariable("replicating", Job.class);
    }

    @SuppressWarnings("unchecked")
    private static List<Job> restored(Exchange exchange) {
        return exchange.getVariable("restores", List.class);
    }

    /** The body that comes back, or if none does, why, as a variable. */
    private static AggregationStrategy failureTo(String variable) {
        return (asked, answer) -> {
            if (answer.getException() != null) {
                asked.setVariable(variable, answer.getException());
            } else {
                asked.getMessage().setBody(answer.getMessage().getBody());
            }
            return asked;
        };
    }
}

package io.bactrian.route;

import org.apache.camel.builder.RouteBuilder;

/** The whole pipeline, and the stage that is one step. */
final class ReplicateRoutes extends RouteBuilder {
    private final Pairs pairs;
    private final AnalyzeStep step;

    ReplicateRoutes(Pairs pairs, AnalyzeStep step) {
        this.pairs = pairs;
        this.step = step;
    }

    @Override
    public void configure() {
        from("direct:replicate")
                .routeId("replicate")
                .routeDescription("Make the target equal to the source, once")
                .routePolicy(pairs)
                .toV("direct:analyze", null, "analysis")
                // the backup of what will change belongs here
                .toV("direct:structure", null, "structure")
                .toV("direct:data", null, "data")
                .toV("direct:verify", null, "verification")
                .setBody(
                        Body.from(
                                e ->
                                        new ReplicateReport(
                                                e.getVariable("analysis", AnalyzeStep.Report.class),
                                                e.getVariable(
                                                        "structure", StructureStep.Report.class),
                                                e.getVariable("data", DataStep.Report.class),
                                                e.getVariable(
                                                        "verification", VerifyStep.Report.class))));

        from("direct:analyze")
                .routeId("analyze")
                .routeDescription("Compare both structures; change nothing")
                .routePolicy(pairs)
                .routeConfigurationId(ErrorHandling.STEP)
                .transform(Body.map(Job.class, step::analyze));
    }
}

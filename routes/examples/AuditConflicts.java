import org.apache.camel.builder.RouteBuilder;

/**
 * Sends each conflict that a round keeps to a queue, as one JSON document. {@code audit.uri} in
 * application.properties names it: {@code jms:queue:conflicts}, {@code kafka:conflicts} or any
 * endpoint whose component is on the class path. Copy this file into {@code routes/}.
 */
public class AuditConflicts extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:after-conflict")
                .routeId("audit-conflicts")
                .routeDescription("Send each conflict to who keeps the books")
                .marshal()
                .json()
                .to("{{audit.uri}}");
    }
}

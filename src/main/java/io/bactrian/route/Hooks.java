package io.bactrian.route;

import org.apache.camel.CamelContext;

/**
 * Places in the pipelines at which a site's own routes are called: {@code direct:before-STAGE} with
 * the stage's {@link Job} (of sync, the {@link SyncJob}) and {@code direct:after-STAGE} with its
 * report, where STAGE is replicate, analyze, backup, structure, data, verify, restore or sync;
 * {@code direct:before-data-table} and {@code direct:before-verify-table} with a table's name,
 * {@code direct:after-data-table} and {@code direct:after-verify-table} with its report; {@code
 * direct:after-conflict} with each {@link io.bactrian.sql.SyncConflicts.Conflict} that a round
 * kept. Nothing happens where no route begins there. What such a route leaves as its body goes no
 * further; what it throws ends the stage.
 */
final class Hooks {
    static final String CONFLICT = "after-conflict";

    /** The variable that what a hook answers is put into. */
    static final String ANSWER = "hook";

    private Hooks() {}

    static String before(String stage) {
        return endpoint("before-" + stage);
    }

    static String after(String stage) {
        return endpoint("after-" + stage);
    }

    private static String endpoint(String name) {
        return "direct:" + name + "?failIfNoConsumers=false&block=false";
    }

    /** Whether a route begins at a place. */
    static boolean isDefined(CamelContext context, String name) {
        return context.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri())
                .anyMatch(
                        uri ->
                                uri.equals("direct://" + name)
                                        || uri.startsWith("direct://" + name + "?"));
    }
}

package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.Settings;
import io.bactrian.config.SettingsLoader;
import io.bactrian.state.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/routes.md} is drawn from the routes themselves. {@code -Dbactrian.docs.write} draws
 * it anew.
 */
class RouteMapTest {
    private static final Path PAGE = Path.of("docs/routes.md");

    @Test
    void isThatOfTheRoutes(@TempDir Path dir) throws Exception {
        String page = page(dir);
        if (System.getProperty("bactrian.docs.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("mvn test -Dtest=RouteMapTest -Dbactrian.docs.write mends it")
                .isEqualTo(page);
    }

    private static String page(Path dir) throws Exception {
        Settings settings =
                new SettingsLoader(dir, null, Map.of())
                        .load(
                                null,
                                Map.of(
                                        "bactrian.database.remote.host",
                                        "h",
                                        "bactrian.log.dir",
                                        dir.toString()))
                        .settings();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Pipelines.addTo(context, settings, run -> new Progress());
            List<RouteDefinition> routes = context.getRouteDefinitions();
            StringBuilder page =
                    new StringBuilder(
                            """
                            # Routes

                            Drawn from the running program. Round ends are hooks, which do nothing until a route begins there
                            ([extending](extending.md#hooks)). What fails for good goes to `direct:dead-letter`, which is not drawn.

                            """);
            for (String pipeline :
                    List.of(
                            "replicate",
                            "structure",
                            "data",
                            "verify",
                            "backup",
                            "restore",
                            "sync")) {
                page.append("## ").append(pipeline).append("\n\n```mermaid\nflowchart LR\n");
                lines(pipeline, routes).forEach(l -> page.append("  ").append(l).append('\n'));
                page.append("```\n\n");
            }
            page.append("## What each does\n\n| route | what it does |\n|---|---|\n");
            for (RouteDefinition route : routes) {
                page.append(
                        "| `%s` | %s |%n"
                                .formatted(route.getRouteId(), route.getDescriptionText()));
            }
            return page.toString();
        }
    }

    /**
     * What a pipeline calls, as far as that begins with its own name: others have a picture each.
     */
    private static Collection<String> lines(String pipeline, List<RouteDefinition> routes) {
        Set<String> lines = new LinkedHashSet<>();
        Set<String> seen = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(pipeline));
        while (!open.isEmpty()) {
            String id = open.remove(0);
            if (!seen.add(id)) {
                continue;
            }
            RouteDefinition route =
                    routes.stream().filter(r -> r.getRouteId().equals(id)).findFirst().orElse(null);
            if (route == null) {
                continue;
            }
            for (String to : targets(route)) {
                boolean hook = to.startsWith("before-") || to.startsWith("after-");
                lines.add(id + " --> " + to + (hook ? "([" + to + "])" : ""));
                if (to.startsWith(pipeline + "-")) {
                    open.add(to);
                }
            }
        }
        return lines;
    }

    private static List<String> targets(RouteDefinition route) {
        List<String> uris = new ArrayList<>();
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)
                .forEach(to -> uris.add(to.getUri()));
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), EnrichDefinition.class)
                .forEach(enrich -> uris.add(enrich.getExpression().getExpression()));
        return uris.stream()
                .filter(uri -> uri.startsWith("direct:") && !uri.equals("direct:dead-letter"))
                .map(uri -> uri.substring("direct:".length()).replaceFirst("\\?.*", ""))
                .toList();
    }
}

package io.bactrian.route;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/**
 * What a program that has Bactrian in it adds.
 *
 * @param beans by name: filters, mappers, resolvers, and what its routes use
 * @param routes live in the daemon; a command that ends by itself has those of them that wait to be
 *     called
 */
public record Extension(Map<String, Object> beans, List<RoutesBuilder> routes) {
    public static final Extension NONE = new Extension(Map.of(), List.of());

    public Extension {
        beans = Map.copyOf(beans);
        routes = List.copyOf(routes);
    }

    /** Adds all of it to a living context. */
    public void addTo(CamelContext context) throws Exception {
        beans.forEach(context.getRegistry()::bind);
        for (RoutesBuilder builder : routes) {
            context.addRoutes(builder);
        }
    }

    /**
     * Adds it to the context of a command: hooks and what they call, but nothing that would begin
     * to work by itself, such as a timer or a door for HTTP.
     */
    void addCalledTo(CamelContext context) throws Exception {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        model.setRouteFilter(Extension::isCalled);
        try {
            addTo(context);
        } finally {
            model.setRouteFilter(null);
        }
    }

    private static boolean isCalled(RouteDefinition route) {
        String uri = route.getInput().getEndpointUri();
        return uri.startsWith("direct:") || uri.startsWith("seda:");
    }
}

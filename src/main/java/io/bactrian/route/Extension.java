package io.bactrian.route;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;

/**
 * What a program that has Bactrian in it adds.
 *
 * @param beans by name: filters, mappers, resolvers, and what its routes use
 * @param routes live in the daemon; a command that ends by itself starts none of them
 */
public record Extension(Map<String, Object> beans, List<RoutesBuilder> routes) {
    public static final Extension NONE = new Extension(Map.of(), List.of());

    public Extension {
        beans = Map.copyOf(beans);
        routes = List.copyOf(routes);
    }

    void bind(CamelContext context) {
        beans.forEach(context.getRegistry()::bind);
    }

    /** Adds all of it to a living context. */
    public void addTo(CamelContext context) throws Exception {
        bind(context);
        for (RoutesBuilder builder : routes) {
            context.addRoutes(builder);
        }
    }
}

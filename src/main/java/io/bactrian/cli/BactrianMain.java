package io.bactrian.cli;

import io.bactrian.route.Extension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.RoutesBuilder;

/**
 * Bactrian in a program of one's own: its commands, and a daemon with the program's routes and
 * beans in it.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     new BactrianMain()
 *             .bind("stock", new StockResolver())
 *             .routes(new AuditRoutes())
 *             .exit("run", "--config", "shop.properties");
 * }
 * }</pre>
 */
public final class BactrianMain {
    private final List<RoutesBuilder> routes = new ArrayList<>();
    private final Map<String, Object> beans = new LinkedHashMap<>();

    /**
     * Routes of the daemon, beside those of the folder {@code routes/}; each needs an id of its
     * own. Commands that end by themselves have those of them that begin at {@code direct:} or
     * {@code seda:}: hooks, and what they call.
     */
    public BactrianMain routes(RoutesBuilder... more) {
        routes.addAll(List.of(more));
        return this;
    }

    /**
     * Puts a bean into Camel's registry, where a {@link io.bactrian.sync.ConflictResolver}, a
     * {@link io.bactrian.data.RowFilter} and a {@link io.bactrian.data.ColumnMapper} are found.
     */
    public BactrianMain bind(String name, Object bean) {
        beans.put(name, bean);
        return this;
    }

    /** Runs one command line, as {@code bactrian} does, and ends the program with its exit code. */
    public void exit(String... args) {
        Bactrian.exit(new Extension(beans, routes), args);
    }
}

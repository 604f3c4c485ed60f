package io.bactrian.demo;

import io.bactrian.config.Keys;
import io.bactrian.config.LoadedSettings;
import io.bactrian.config.SettingsLoader;
import io.bactrian.demo.MySqlPair.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A small shop on two servers: {@code local}, the source, and {@code remote}, a target that was the
 * same once and has drifted. Its SQL is in the folder {@code demo} of the class path.
 */
public final class DemoShop {
    private final MySqlPair pair;
    private final String schema;

    private DemoShop(MySqlPair pair, String schema) {
        this.pair = pair;
        this.schema = schema;
    }

    /** Makes the shop, in a schema of its own on both servers; it goes when the pair is closed. */
    public static DemoShop create(MySqlPair pair) {
        DemoShop shop = new DemoShop(pair, pair.createSchema("shop"));
        CompletableFuture<Void> source =
                CompletableFuture.runAsync(() -> shop.run(pair.source(), "shop", "rows"));
        shop.run(pair.target(), "shop", "rows", "drift");
        try {
            source.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
        return shop;
    }

    /** Changes some rows of the target. Returns in words what was done to each. */
    public List<String> damage() {
        run(pair.target(), "damage");
        return words(text("damage"));
    }

    /** Changes rows of both databases. Returns in words what was done to each. */
    public List<String> changeBoth() {
        run(pair.source(), "at-local");
        run(pair.target(), "at-remote");
        List<String> words = new ArrayList<>(words(text("at-local")));
        words.addAll(words(text("at-remote")));
        return words;
    }

    private static List<String> words(String script) {
        return script.lines()
                .filter(line -> line.startsWith("-- "))
                .map(line -> line.substring(3))
                .toList();
    }

    /**
     * The variables that name the two databases as {@code local} and {@code remote}, passwords
     * included.
     */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        put(variables, "MYSQL_LOCAL_", pair.source());
        put(variables, "MYSQL_REMOTE_", pair.target());
        return variables;
    }

    private void put(Map<String, String> variables, String prefix, Server server) {
        variables.put(prefix + "HOST", server.host());
        variables.put(prefix + "PORT", Integer.toString(server.port()));
        variables.put(prefix + "USER", server.user());
        variables.put(prefix + "PASSWORD", server.password());
        variables.put(prefix + "DATABASE", schema);
    }

    /** Changes the source in a way that the target cannot take in. Returns in words how. */
    public List<String> spoil() {
        pair.source().execute("", "CREATE SCHEMA " + elsewhere());
        String script = text("spoil").replace("elsewhere", elsewhere());
        pair.source().execute(schema, script);
        return words(script);
    }

    private String elsewhere() {
        return schema + "_archive";
    }

    /** Takes that back. */
    public void unspoil() {
        run(pair.source(), "unspoil");
        pair.source().execute("", "DROP SCHEMA " + elsewhere());
    }

    /**
     * Settings with which a run finds the two databases, and nothing of this machine's own.
     *
     * @param backups where backups go
     * @param port of a daemon, 0 for a free one
     */
    public LoadedSettings settings(Path logs, Path backups, int port) {
        return new SettingsLoader(null, null, environment())
                .load(
                        null,
                        Map.of(
                                Keys.HTTP_PORT.name(),
                                Integer.toString(port),
                                Keys.SYNC_INTERVAL.name(),
                                "5",
                                Keys.LOG_DIR.name(),
                                logs.toString(),
                                Keys.BACKUP_DIR.name(),
                                backups.toString(),
                                "bactrian.sync.table.customer.strategy",
                                "MERGE",
                                "bactrian.sync.table.category.strategy",
                                "MANUAL"));
    }

    private void run(Server server, String... scripts) {
        for (String script : scripts) {
            server.execute(schema, text(script));
        }
    }

    private static String text(String script) {
        try (InputStream in = DemoShop.class.getResourceAsStream("/demo/" + script + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

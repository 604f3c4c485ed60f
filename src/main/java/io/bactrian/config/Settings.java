package io.bactrian.config;

import io.bactrian.error.ConfigException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that is set for one run of the program.
 *
 * @param databases by name, {@code local} and {@code remote} first
 * @param source name of the database that is read
 * @param target name of the database that is written
 * @param chunksUri endpoint that carries chunks to their workers
 */
public record Settings(
        Map<String, DatabaseSettings> databases,
        String source,
        String target,
        TableFilter tables,
        CopySettings copy,
        RetrySettings retry,
        Duration connectionTimeout,
        BackupSettings backup,
        SyncSettings sync,
        LogSettings log,
        HttpSettings http,
        String chunksUri,
        Duration shutdownTimeout) {

    /**
     * @throws ConfigException if source and target are the same database
     */
    public Settings {
        databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
        if (source.equals(target)) {
            throw new ConfigException(
                    Keys.TARGET.name(),
                    "is '" + target + "', which is the source too",
                    "name two databases with --source and --target");
        }
    }

    /**
     * Where a named database is.
     *
     * @throws ConfigException if there is none of that name, or its host or schema is not set
     */
    public DatabaseSettings database(String name) {
        DatabaseSettings database = databases.get(name);
        if (database == null) {
            throw new ConfigException(
                    name,
                    "is not the name of a database; known are "
                            + String.join(", ", databases.keySet()),
                    "set " + Keys.HOST.of(name).name() + ", or use one of the known names");
        }
        require(name, database.host(), Keys.HOST);
        require(name, database.database(), Keys.DATABASE);
        return database;
    }

    private static void require(String name, String value, Key<String> key) {
        if (value.isEmpty()) {
            String variable =
                    DatabaseNames.isStandard(name)
                            ? DatabaseNames.variable(name, key)
                            : key.of(name).environment();
            throw new ConfigException(
                    key.of(name).name(),
                    "is not set, and there is no default for it",
                    "set it in application.properties or as " + variable);
        }
    }
}

package io.bactrian.route;

import io.bactrian.config.DatabaseSettings;
import io.bactrian.config.Settings;
import io.bactrian.error.ConfigException;
import io.bactrian.error.ConnectionException;
import io.bactrian.error.ReplicationException;
import io.bactrian.sql.Database;
import io.bactrian.sql.TableFacts;
import io.bactrian.state.Failure;
import io.bactrian.sync.Catalog;
import io.bactrian.sync.ConflictLine;
import io.bactrian.sync.Conflicts;
import io.bactrian.sync.Refused;
import io.bactrian.sync.Sides;
import io.bactrian.sync.Status;
import io.bactrian.sync.TableLine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at the pair that syncs, while rounds go on, through the sessions that are open anyway. */
public final class Watch implements AutoCloseable {
    private static final Duration AGE = Duration.ofSeconds(1);
    private static final int SIGN_OF_LIFE = 3;

    private final Settings settings;
    private final Pipelines pipelines;
    private final Cached<Status> status = new Cached<>(this::look);
    private final Map<String, Database> probes = new ConcurrentHashMap<>();
    private final Cached<Map<String, Failure>> away = new Cached<>(this::probe);

    public Watch(Settings settings, Pipelines pipelines) {
        this.settings = settings;
        this.pipelines = pipelines;
    }

    /** The pools of rounds would wait for a server that is away, and whoever looks with them. */
    private Sides sides() {
        requireThere(Set.of(settings.source(), settings.target()));
        return pipelines
                .syncPairs()
                .of(settings.source(), settings.target(), settings.tables())
                .sides();
    }

    /** A catalog of its own: that of the rounds is theirs while one is going on. */
    private Status look() {
        return Status.of(new Catalog(sides(), settings.tables(), settings.sync().capture()));
    }

    /** How the pair stands, as of a second ago at most. */
    public Status status() {
        return status(AGE);
    }

    public Status status(Duration age) {
        return status.get(age);
    }

    /** Which of both databases do not answer, and why, as of that long ago at most. */
    public Map<String, Failure> away(Duration age) {
        return away.get(age);
    }

    private Map<String, Failure> probe() {
        Map<String, Failure> failures = new LinkedHashMap<>();
        for (String name : List.of(settings.source(), settings.target())) {
            try {
                requireThere(Set.of(name));
            } catch (ReplicationException e) {
                failures.put(name, Failure.of(e));
            }
        }
        return failures;
    }

    /**
     * Asks each of the databases for a sign of life, for some seconds at most.
     *
     * @throws ReplicationException if one does not answer
     */
    void requireThere(Set<String> names) {
        names.forEach(this::requireThere);
    }

    private void requireThere(String name) {
        Database probe =
                probes.computeIfAbsent(
                        name, n -> Database.open(settings.database(n), 1, patience()));
        try {
            if (!probe.with(name, c -> c.isValid(SIGN_OF_LIFE))) {
                throw new ConnectionException(
                        name,
                        "has not answered for " + SIGN_OF_LIFE + " s",
                        "see whether the server still works",
                        true,
                        null);
            }
        } catch (ReplicationException e) {
            // where a server refuses every session a pool waits all the same; to open one does not
            probes.remove(name, probe);
            probe.close();
            throw e;
        }
    }

    private Duration patience() {
        Duration most = Duration.ofSeconds(3);
        Duration set = settings.connectionTimeout();
        return set.compareTo(most) < 0 ? set : most;
    }

    @Override
    public void close() {
        probes.values().forEach(Database::close);
    }

    /** Conflicts of both sides, newest first. */
    public List<ConflictLine> conflicts(boolean waiting, int limit) {
        if (!status().setUp()) {
            return List.of();
        }
        return new Conflicts(sides())
                .list(waiting, settings.tables(), limit).stream().map(ConflictLine::of).toList();
    }

    /**
     * One conflict.
     *
     * @throws ConfigException if there is none of that number
     */
    public ConflictLine conflict(long id) {
        if (!status().setUp()) {
            throw new ConfigException(
                    "conflict " + id,
                    "is not known: the pair is not set up for sync",
                    "`bactrian sync setup` does that");
        }
        return ConflictLine.of(new Conflicts(sides()).get(id));
    }

    /** Rows that one side could not carry over. */
    public List<Refused.Row> refused(int limit) {
        return new Refused(sides())
                .list(limit).stream().filter(r -> settings.tables().test(r.table())).toList();
    }

    /** The tables of a database, as far as the settings name them. */
    public record Tables(String database, String schema, List<TableLine> tables) {}

    /**
     * Looks into any of the databases.
     *
     * @throws ConfigException if there is none of that name
     */
    public static Tables tables(Settings settings, String name) {
        DatabaseSettings where = settings.database(name);
        List<TableFacts> all;
        try (Database database = Database.open(where, 1, settings.connectionTimeout())) {
            all = TableFacts.read(database);
        }
        settings.tables().requireMatches(all.stream().map(TableFacts::name).toList(), name);
        return new Tables(
                name,
                where.database(),
                all.stream()
                        .filter(t -> settings.tables().test(t.name()))
                        .map(TableLine::of)
                        .toList());
    }
}

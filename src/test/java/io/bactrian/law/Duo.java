package io.bactrian.law;

import io.bactrian.TestServers;
import io.bactrian.config.Settings;
import io.bactrian.config.SyncDirection;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.error.ConnectionException;
import io.bactrian.error.ReplicationException;
import io.bactrian.route.Pipelines;
import io.bactrian.route.SyncJob;
import io.bactrian.route.SyncReport;
import io.bactrian.schema.ServerKind;
import io.bactrian.sql.Database;
import io.bactrian.sql.Dialect;
import io.bactrian.state.Progress;
import io.bactrian.sync.Catalog;
import io.bactrian.sync.Resolution;
import io.bactrian.sync.Setup;
import io.bactrian.sync.Side;
import io.bactrian.sync.Sides;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Two databases that sync by the routes, as a daemon's do: all rounds in one process. */
final class Duo implements AutoCloseable {
    static {
        // the pool takes a session for alive that it saw alive half a second ago; a retry waits
        // longer than that, but not those of a test
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
    }

    private static final String KILLED =
            "SELECT id FROM information_schema.processlist WHERE command = 'Killed'";

    private final Twin twin;
    private Pipelines pipelines;
    private int rounds;

    private Duo(Twin twin) {
        this.twin = twin;
    }

    /** Two schemas with these tables, set up for sync. */
    static Duo of(String schema, String... tables) {
        return new Duo(Twin.of(schema).with("retry-delay", "20ms")).setUp(tables);
    }

    /** The same with a setting, without {@code bactrian.} */
    static Duo with(String key, Object value, String schema, String... tables) {
        return new Duo(Twin.of(schema).with("retry-delay", "20ms").with(key, value)).setUp(tables);
    }

    /** The same on servers that may die. */
    static Duo on(Server local, Server remote, String schema, String... tables) {
        Twin twin =
                Twin.of(schema, local, remote)
                        .with("retry-delay", "20ms")
                        .with("connection-timeout", "2s");
        return new Duo(twin).setUp(tables);
    }

    /** The two schemas of a twin, set up for sync with these tables. */
    static Duo of(Twin twin, String... tables) {
        return new Duo(twin.with("retry-delay", "20ms")).setUp(tables);
    }

    private Duo setUp(String... tables) {
        twin.onBoth(tables);
        Settings settings = twin.settings();
        try (Database local = Database.open(settings.database("one"), 4, Duration.ofSeconds(9));
                Database remote =
                        Database.open(settings.database("two"), 4, Duration.ofSeconds(9))) {
            Sides sides = new Sides(local, remote);
            new Setup(new Catalog(sides, t -> true, settings.sync().capture()))
                    .run(new Setup.Options(false, false, false));
        }
        return this;
    }

    Duo set(String key, Object value) {
        twin.with("sync." + key, value);
        return this;
    }

    Twin twin() {
        return twin;
    }

    Connection local() {
        return twin.source().connect(twin.schema());
    }

    Connection remote() {
        return twin.target().connect(twin.schema());
    }

    Duo atLocal(String... statements) {
        twin.execute(twin.source(), statements);
        return this;
    }

    Duo atRemote(String... statements) {
        twin.execute(twin.target(), statements);
        return this;
    }

    SyncReport round() {
        return round(null);
    }

    /** A round; null is the direction that is set. */
    SyncReport round(SyncDirection direction) {
        return run(next().with(direction, null));
    }

    /** A round that begins with a person's decision about a conflict. */
    SyncReport decide(long conflict, Side keep) {
        return run(next().deciding(conflict, new Resolution.Choice(keep, null, "me")));
    }

    private SyncJob next() {
        return SyncJob.of("round-" + ++rounds, twin.settings());
    }

    private SyncReport run(SyncJob job) {
        if (pipelines == null) {
            pipelines = Pipelines.start(twin.settings(), new Progress());
        }
        return pipelines.sync(job);
    }

    /** Ends the process that the rounds run in; the next round is in another. */
    void restart() {
        if (pipelines != null) {
            pipelines.close();
            pipelines = null;
        }
    }

    /**
     * A round in which after some milliseconds all sessions die on both sides, those of a process
     * that is killed or those of servers that restart. Empty if that ended it.
     */
    Optional<SyncReport> cutOff(SyncDirection direction, int milliseconds) {
        return cutOff(direction, milliseconds, this::killSessions);
    }

    /** A round in which something else happens. */
    Optional<SyncReport> cutOff(SyncDirection direction, int milliseconds, Runnable blow) {
        Thread killer =
                new Thread(
                        () -> {
                            try {
                                Thread.sleep(milliseconds);
                            } catch (InterruptedException e) {
                                return;
                            }
                            blow.run();
                        });
        killer.start();
        try {
            return Optional.of(round(direction));
        } catch (ReplicationException e) {
            if (e instanceof ConnectionException || e.isTransient() || TestServers.isHalfRead(e)) {
                return Optional.empty();
            }
            throw e;
        } finally {
            join(killer);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all sessions of the rounds, and returns when the servers have let go of them. */
    void endSessions() {
        killSessions();
        while (!rounds(twin.source()).isEmpty() || !rounds(twin.target()).isEmpty()) {
            Child.pause();
        }
    }

    /** Ends all sessions of the rounds, which tell who they are. */
    void killSessions() {
        for (Server server : List.of(twin.source(), twin.target())) {
            for (String id : rounds(server)) {
                try {
                    server.execute("", "KILL " + id);
                } catch (ConnectionException e) {
                    // it has ended by itself
                    continue;
                }
            }
        }
    }

    /** What docs/servers.md asks for where sessions were killed on MariaDB. */
    void reopenTables() {
        for (Server server : List.of(twin.source(), twin.target())) {
            if (TestServers.dialect(server).kind() == ServerKind.MARIADB) {
                while (!read(server.connect(""), KILLED).isEmpty()) {
                    Child.pause();
                }
                server.execute("", "FLUSH TABLES");
            }
        }
    }

    private List<String> rounds(Server server) {
        String sessions =
                "SELECT DISTINCT p.id FROM performance_schema.session_connect_attrs a"
                        + " JOIN information_schema.processlist p ON p.id = a.processlist_id"
                        + " WHERE p.db = '"
                        + twin.schema()
                        + "' AND a.attr_name LIKE 'bactrian%'";
        return read(server.connect(""), sessions).stream().map(r -> r.get(0)).toList();
    }

    /** Whether a round has begun, in whatever process. */
    boolean isRoundOpen() {
        return !askLocal("SELECT IS_USED_LOCK('bactrian." + twin.schema() + "')")
                .equals(List.of(List.of("null")));
    }

    List<List<String>> askLocal(String query) {
        return read(local(), query);
    }

    List<List<String>> askRemote(String query) {
        return read(remote(), query);
    }

    /** The rows of a query that both sides are to answer alike, each as one line. */
    List<String> atBoth(String query) {
        List<String> mine = lines(askLocal(query));
        List<String> others = lines(askRemote(query));
        if (!mine.equals(others)) {
            throw new AssertionError(
                    "local and remote are not the same:\n" + mine + "\n" + others + left());
        }
        return mine;
    }

    /** What both databases hold of conflicts, local's first, each as one line. */
    List<String> conflicts(String columns) {
        String query = "SELECT " + columns + " FROM sync_conflicts ORDER BY id";
        return Stream.concat(lines(askLocal(query)).stream(), lines(askRemote(query)).stream())
                .toList();
    }

    static List<String> lines(List<List<String>> rows) {
        return rows.stream().map(r -> String.join(" ", r)).toList();
    }

    static List<List<String>> read(Connection connection, String query) {
        List<List<String>> rows = new ArrayList<>();
        try (Connection c = connection;
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(TestServers.words(Dialect.of(c), query))) {
            while (r.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(r.getString(i)));
                }
                rows.add(row);
            }
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
        return rows;
    }

    /** Tables that do not hold the same, bit for bit, by a comparison that is not the product's. */
    List<String> differences(List<String> tables) {
        return tables.stream()
                .filter(t -> !twin.rows(twin.source(), t).equals(twin.rows(twin.target(), t)))
                .map(
                        t ->
                                t
                                        + ": "
                                        + askLocal("SELECT * FROM " + t)
                                        + " and "
                                        + askRemote("SELECT * FROM " + t))
                .toList();
    }

    /** What the logs have not done. */
    String left() {
        String query =
                "SELECT id, table_name, record_id, operation, sync_status, origin, error"
                        + " FROM sync_log WHERE sync_status <> 'SYNCED'";
        return "\nlocal: " + askLocal(query) + "\nremote: " + askRemote(query);
    }

    /** Rows that any session has written into either schema so far. */
    long written() {
        String query =
                "SELECT SUM(count_write) FROM performance_schema.table_io_waits_summary_by_table"
                        + " WHERE object_schema = '"
                        + twin.schema()
                        + "'";
        return Stream.of(askLocal(query), askRemote(query))
                .mapToLong(r -> Long.parseLong(r.get(0).get(0)))
                .sum();
    }

    @Override
    public void close() {
        restart();
        twin.close();
    }
}

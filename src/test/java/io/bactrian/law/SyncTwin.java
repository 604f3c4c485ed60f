package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.config.Settings;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.error.ConnectionException;
import io.bactrian.error.ReplicationException;
import io.bactrian.schema.Schema;
import io.bactrian.sql.CaptureTriggers;
import io.bactrian.sql.ControlTables;
import io.bactrian.sql.Database;
import io.bactrian.sql.SchemaReader;
import io.bactrian.sync.Batch;
import io.bactrian.sync.Counts;
import io.bactrian.sync.Phase;
import io.bactrian.sync.Round;
import io.bactrian.sync.RoundReport;
import io.bactrian.sync.RoundSettings;
import io.bactrian.sync.Sides;
import io.bactrian.sync.SyncTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two databases that sync, with the engine alone. */
final class SyncTwin implements AutoCloseable {
    private final Twin twin;
    private int rounds;
    private Sides sides;
    private List<SyncTable> ordered;

    private SyncTwin(Twin twin) {
        this.twin = twin;
    }

    static SyncTwin of(String schema) {
        return new SyncTwin(Twin.of(schema));
    }

    SyncTwin with(String key, Object value) {
        twin.with("sync." + key, value);
        return this;
    }

    SyncTwin setUp(String... statements) {
        twin.onBoth(statements);
        open();
        for (Database d : List.of(sides.local(), sides.remote())) {
            d.with(
                    "setup",
                    c -> {
                        ControlTables.create(c);
                        Schema schema = SchemaReader.read(c, d.schema(), t -> true);
                        try (Statement st = c.createStatement()) {
                            st.execute("SET SESSION sql_mode = ''");
                            for (var t : schema.tables()) {
                                for (var trigger :
                                        new CaptureTriggers(t, schema.tables(), true).triggers()) {
                                    st.execute(trigger.create());
                                }
                            }
                        }
                        return null;
                    });
        }
        return this;
    }

    private void open() {
        Settings s = twin.settings();
        sides =
                new Sides(
                        Database.open(s.database("one"), 12, Duration.ofSeconds(10)),
                        Database.open(s.database("two"), 12, Duration.ofSeconds(10)));
    }

    SyncTwin atLocal(String... statements) {
        twin.source().execute(twin.schema(), statements);
        return this;
    }

    SyncTwin atRemote(String... statements) {
        twin.target().execute(twin.schema(), statements);
        return this;
    }

    Connection localSession() {
        return twin.source().connect(twin.schema());
    }

    Connection remoteSession() {
        return twin.target().connect(twin.schema());
    }

    RoundReport round() {
        if (ordered == null) {
            ordered = order();
        }
        return round(ordered);
    }

    private List<SyncTable> order() {
        List<SyncTable> tables =
                sides
                        .local()
                        .with(
                                "schema",
                                c -> SchemaReader.read(c, sides.local().schema(), t -> true))
                        .tables()
                        .stream()
                        .map(t -> new SyncTable(t, null, null))
                        .toList();
        List<SyncTable> ordered = new ArrayList<>();
        List<SyncTable> left = new ArrayList<>(tables);
        while (!left.isEmpty()) {
            SyncTable next =
                    left.stream()
                            .filter(
                                    t ->
                                            t.table().foreignKeys().stream()
                                                    .allMatch(
                                                            k ->
                                                                    k.parent().equals(t.name())
                                                                            || left.stream()
                                                                                    .noneMatch(
                                                                                            o ->
                                                                                                    o.name()
                                                                                                            .equals(
                                                                                                                    k
                                                                                                                            .parent()))))
                            .findFirst()
                            .orElse(left.get(0));
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private RoundReport round(List<SyncTable> ordered) {
        RoundSettings settings = new RoundSettings(twin.settings().sync(), 100, 2);
        try (Round round = Round.begin("r" + ++rounds, sides, ordered, settings)) {
            Map<String, Counts> all = new TreeMap<>();
            Counts pass;
            do {
                pass = Counts.NOTHING;
                for (Phase phase : Phase.values()) {
                    for (String table : round.tables(phase)) {
                        for (Iterator<Batch> i = round.batches(table, phase); i.hasNext(); ) {
                            Counts counts = round.apply(i.next());
                            all.merge(table, counts, Counts::plus);
                            pass = pass.plus(counts);
                        }
                    }
                }
            } while (round.another(pass));
            return round.end(all);
        }
    }

    /** A round whose sessions all die after some milliseconds, as those of a killed process do. */
    void roundCutOff(int milliseconds) {
        Thread killer =
                new Thread(
                        () -> {
                            try {
                                Thread.sleep(milliseconds);
                            } catch (InterruptedException e) {
                                return;
                            }
                            killSessions();
                        });
        killer.start();
        try {
            round();
        } catch (ReplicationException e) {
            assertThat(e).isInstanceOf(ConnectionException.class);
        } finally {
            try {
                killer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sides.local().close();
            sides.remote().close();
            open();
        }
    }

    /** Ends the sessions of the rounds, which are known by the attribute that they carry. */
    private void killSessions() {
        for (Server server : List.of(twin.source(), twin.target())) {
            for (List<String> id :
                    rows(
                            server.connect(""),
                            "SELECT DISTINCT p.id FROM performance_schema.session_connect_attrs a"
                                    + " JOIN information_schema.processlist p ON p.id = a.processlist_id"
                                    + " WHERE p.db = '"
                                    + twin.schema()
                                    + "' AND a.attr_name LIKE 'bactrian%'")) {
                try {
                    server.execute("", "KILL " + id.get(0));
                } catch (ConnectionException e) {
                    // it has ended by itself
                    continue;
                }
            }
        }
    }

    /** Tables that do not hold the same, bit for bit. */
    List<String> differences(ModelShape shape) {
        return shape.tables().stream()
                .map(ModelShape.Table::name)
                .filter(t -> !twin.rows(twin.source(), t).equals(twin.rows(twin.target(), t)))
                .map(
                        t ->
                                t
                                        + ": "
                                        + local("SELECT * FROM " + t)
                                        + " and "
                                        + remote("SELECT * FROM " + t))
                .toList();
    }

    /** What the logs have not done. */
    String left() {
        String query =
                "SELECT id, table_name, record_id, operation, sync_status, origin, error FROM sync_log WHERE sync_status <> 'SYNCED'";
        return "\nlocal: " + local(query) + "\nremote: " + remote(query);
    }

    List<List<String>> local(String query) {
        return rows(localSession(), query);
    }

    List<List<String>> remote(String query) {
        return rows(remoteSession(), query);
    }

    private static List<List<String>> rows(Connection connection, String query) {
        List<List<String>> rows = new ArrayList<>();
        try (Connection c = connection;
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            while (r.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    row.add(r.getString(i));
                }
                rows.add(row);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    void assertBoth(String query, List<List<String>> rows) {
        assertThat(local(query)).as("local").isEqualTo(rows);
        assertThat(remote(query)).as("remote").isEqualTo(rows);
    }

    void assertEqual(String... tables) {
        for (String table : tables) {
            String query = "SELECT * FROM `" + table + "` ORDER BY 1, 2";
            assertThat(remote(query)).as(table).isEqualTo(local(query));
        }
    }

    @Override
    public void close() {
        if (sides != null) {
            sides.local().close();
            sides.remote().close();
        }
        twin.close();
    }
}

package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.TestServers;
import io.bactrian.config.Settings;
import io.bactrian.sql.Database;
import io.bactrian.sql.Dialect;
import io.bactrian.sync.Batch;
import io.bactrian.sync.Catalog;
import io.bactrian.sync.Conflicts;
import io.bactrian.sync.Counts;
import io.bactrian.sync.Phase;
import io.bactrian.sync.ProofPage;
import io.bactrian.sync.Resolution;
import io.bactrian.sync.Round;
import io.bactrian.sync.RoundReport;
import io.bactrian.sync.RoundSettings;
import io.bactrian.sync.Setup;
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
import java.util.function.Consumer;

/** Two databases that sync, with the engine alone. */
final class SyncTwin implements AutoCloseable {
    private final Twin twin;
    private int rounds;
    private Sides sides;
    private Catalog catalog;
    private Setup.Report setUp;

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

    /** Makes the same on both sides, before sync is set up. */
    SyncTwin before(String... statements) {
        twin.onBoth(statements);
        return this;
    }

    SyncTwin setUp(String... statements) {
        twin.onBoth(statements);
        Settings s = twin.settings();
        sides =
                new Sides(
                        Database.open(s.database("one"), 12, Duration.ofSeconds(10)),
                        Database.open(s.database("two"), 12, Duration.ofSeconds(10)));
        catalog = new Catalog(sides, t -> true, s.sync().capture());
        setUp = new Setup(catalog).run(new Setup.Options(false, false, false));
        return this;
    }

    /** What setup said. */
    Setup.Report report() {
        return setUp;
    }

    Catalog catalog() {
        return catalog;
    }

    Sides sides() {
        return sides;
    }

    SyncTwin atLocal(String... statements) {
        twin.execute(twin.source(), statements);
        return this;
    }

    SyncTwin atRemote(String... statements) {
        twin.execute(twin.target(), statements);
        return this;
    }

    Connection localSession() {
        return twin.source().connect(twin.schema());
    }

    Connection remoteSession() {
        return twin.target().connect(twin.schema());
    }

    RoundReport round() {
        return round(round -> {});
    }

    /** A round that begins with a person's decision. */
    RoundReport decide(long conflict, Resolution.Choice choice) {
        return round(round -> round.resolve(new Conflicts(sides).get(conflict), choice));
    }

    private RoundReport round(Consumer<Round> first) {
        catalog.refresh();
        List<SyncTable> mendable = catalog.tables().stream().filter(SyncTable::mendable).toList();
        if (!mendable.isEmpty()) {
            new Setup(catalog).mend(mendable);
        }
        List<SyncTable> ordered = catalog.tables();
        RoundSettings settings = new RoundSettings(twin.settings().sync(), 100, 2);
        try (Round round = Round.begin("r" + ++rounds, sides, ordered, settings)) {
            first.accept(round);
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
            long differing = 0;
            for (Iterator<ProofPage> i = round.touched(); i.hasNext(); ) {
                differing += round.prove(i.next());
            }
            return round.end(all, differing);
        }
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
                ResultSet r = s.executeQuery(TestServers.words(Dialect.of(c), query))) {
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
            String query = "SELECT * FROM `" + table + "`";
            assertThat(remote(query)).as(table).containsExactlyInAnyOrderElementsOf(local(query));
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

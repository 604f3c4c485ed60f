package io.bactrian.testkit;

import io.bactrian.config.Settings;
import io.bactrian.config.SettingsLoader;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.route.Extension;
import io.bactrian.route.Job;
import io.bactrian.route.Pipelines;
import io.bactrian.route.ReplicateReport;
import io.bactrian.route.SyncJob;
import io.bactrian.route.SyncReport;
import io.bactrian.route.VerifyStep;
import io.bactrian.sql.Database;
import io.bactrian.state.Progress;
import io.bactrian.state.RunId;
import io.bactrian.sync.Catalog;
import io.bactrian.sync.Setup;
import io.bactrian.sync.Sides;
import io.bactrian.verify.Naming;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An empty schema on each of two servers, {@code local} and {@code remote}, and Bactrian between
 * them with beans of one's own. The servers are those of {@link MySqlPair#shared}.
 */
public final class TwoDatabases implements AutoCloseable {
    private final MySqlPair servers = MySqlPair.shared();
    private final String schema;
    private final Path folder;
    private final Map<String, Object> beans = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();

    private TwoDatabases(String schema, Path folder) {
        this.schema = schema;
        this.folder = folder;
        put("local", servers.source());
        put("remote", servers.target());
        keys.put("bactrian.log.dir", folder.resolve("logs").toString());
        keys.put("bactrian.backup.dir", folder.resolve("backups").toString());
    }

    /**
     * @param prefix how the schemas' name begins: small letters, digits and underscores
     * @param folder for logs and backups
     */
    public static TwoDatabases open(String prefix, Path folder) {
        return new TwoDatabases(MySqlPair.shared().createSchema(prefix), folder);
    }

    private void put(String name, Server server) {
        String key = "bactrian.database." + name + ".";
        keys.put(key + "host", server.host());
        keys.put(key + "port", Integer.toString(server.port()));
        keys.put(key + "user", server.user());
        keys.put(key + "password", server.password());
        keys.put(key + "database", schema);
    }

    /** Has a filter, mapper, resolver or store take part. */
    public TwoDatabases having(Object bean) {
        beans.put("bean" + beans.size(), bean);
        return this;
    }

    /** Sets a key, such as {@code bactrian.tables}. */
    public TwoDatabases with(String key, String value) {
        keys.put(key, value);
        return this;
    }

    public Settings settings() {
        return new SettingsLoader(folder, null, Map.of()).load(null, keys).settings();
    }

    public void onLocal(String... statements) {
        servers.source().execute(schema, statements);
    }

    public void onRemote(String... statements) {
        servers.target().execute(schema, statements);
    }

    /** The rows of a query, their values joined by a comma and a blank. */
    public List<String> readLocal(String query) {
        return read(servers.source(), query);
    }

    /** The same of the other side. */
    public List<String> readRemote(String query) {
        return read(servers.target(), query);
    }

    private List<String> read(Server server, String query) {
        try (Connection c = server.connect(schema);
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (r.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    row.add(r.getString(i));
                }
                rows.add(String.join(", ", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    /** Makes remote what local is, as far as the beans let it. */
    public ReplicateReport replicate() {
        return call(p -> p.replicate(job().copying(Job.Mode.TRUNCATE, false)));
    }

    /** Makes both ready to sync. */
    public void setUpSync() {
        Settings settings = settings();
        try (Database local = open(settings, settings.source());
                Database remote = open(settings, settings.target())) {
            new Setup(
                            new Catalog(
                                    new Sides(local, remote),
                                    settings.tables(),
                                    settings.sync().capture()))
                    .run(new Setup.Options(false, false, false));
        }
    }

    private static Database open(Settings settings, String name) {
        return Database.open(settings.database(name), 4, settings.connectionTimeout());
    }

    /** One round of sync. */
    public SyncReport sync() {
        return call(p -> p.sync(SyncJob.of(RunId.at(Instant.now()), settings())));
    }

    /**
     * Every row is on both sides, with the same values, as far as the beans let it: by checksums of
     * all rows.
     *
     * @throws AssertionError naming tables, rows and columns that are not equal
     */
    public void assertTablesAreEqual() {
        VerifyStep.Report report = call(p -> p.verify(job().naming(new Naming(10, true))));
        if (!report.equal()) {
            throw new AssertionError(
                    "not equal: " + report.tables().stream().filter(t -> !t.equal()).toList());
        }
    }

    private Job job() {
        Settings s = settings();
        return Job.of(RunId.at(Instant.now()), s.source(), s.target(), s.tables());
    }

    private <T> T call(Function<Pipelines, T> work) {
        Extension extension = new Extension(beans, List.of());
        try (Pipelines pipelines = Pipelines.start(settings(), new Progress(), extension)) {
            return work.apply(pipelines);
        }
    }

    /** Drops both schemas. */
    @Override
    public void close() {
        for (Server server : List.of(servers.source(), servers.target())) {
            server.execute("", "DROP SCHEMA IF EXISTS " + schema);
        }
    }
}

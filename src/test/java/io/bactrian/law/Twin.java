package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.TestServers;
import io.bactrian.config.Settings;
import io.bactrian.config.SettingsLoader;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.route.BackupStep;
import io.bactrian.route.DataStep;
import io.bactrian.route.Extension;
import io.bactrian.route.Job;
import io.bactrian.route.Pipelines;
import io.bactrian.route.ReplicateReport;
import io.bactrian.route.RestoreStep;
import io.bactrian.route.StructureStep;
import io.bactrian.route.VerifyStep;
import io.bactrian.sql.Dialect;
import io.bactrian.state.Progress;
import io.bactrian.state.RunId;
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
import java.util.stream.Stream;

/**
 * One schema on two servers, what the product does from one to the other, and a look at both that
 * is not the product's.
 */
public final class Twin implements AutoCloseable {
    /** Lets in what a source may hold: zero and invalid dates, keys of 0, an ENUM's index 0. */
    private static final String LENIENT =
            "SET SESSION sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00'";

    private final String schema;
    private final Server source;
    private final Server target;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Extension extension = Extension.NONE;

    private Twin(String schema, Server source, Server target) {
        this.schema = schema;
        this.source = source;
        this.target = target;
        settings.put("bactrian.source", "one");
        settings.put("bactrian.target", "two");
        settings.put("bactrian.log.dir", "target/law-logs");
        settings.put("bactrian.backup.dir", "target/law-backups");
        settings.put("bactrian.threads", "2");
        account("one", source);
        account("two", target);
        for (Server server : List.of(source, target)) {
            server.execute(
                    "",
                    "DROP SCHEMA IF EXISTS " + schema,
                    "CREATE SCHEMA " + schema + " CHARACTER SET utf8mb4");
        }
    }

    /** An empty schema on the servers of the tests. */
    public static Twin of(String schema) {
        return of(schema, MySqlPair.shared().target());
    }

    /** The same with another target. */
    public static Twin of(String schema, Server target) {
        return of(schema, MySqlPair.shared().source(), target);
    }

    /** An empty schema on servers of the test's own. */
    public static Twin of(String schema, Server source, Server target) {
        return new Twin("lw_" + schema, source, target);
    }

    /** The same on other servers. */
    public static Twin between(Server source, Server target, String schema) {
        return new Twin("lw_" + schema, source, target);
    }

    private void account(String name, Server server) {
        String key = "bactrian.database." + name + ".";
        settings.put(key + "host", server.host());
        settings.put(key + "port", Integer.toString(server.port()));
        settings.put(key + "user", server.user());
        settings.put(key + "password", server.password());
        settings.put(key + "database", schema);
    }

    /** Reads the source with another account. */
    public Twin as(String user, String password) {
        settings.put("bactrian.database.one.user", user);
        settings.put("bactrian.database.one.password", password);
        return this;
    }

    /** Has filters, mappers and the like live in the routes. */
    public Twin having(Object... beans) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Object bean : beans) {
            all.put("bean" + all.size(), bean);
        }
        extension = new Extension(all, List.of());
        return this;
    }

    /** Goes to the source ("one") or the target ("two") another way from now on. */
    public Twin through(String name, Server server) {
        account(name, server);
        return this;
    }

    public Twin with(String key, Object value) {
        settings.put("bactrian." + key, value.toString());
        return this;
    }

    public String schema() {
        return schema;
    }

    public Server source() {
        return source;
    }

    public Server target() {
        return target;
    }

    /** Lines for a settings file. */
    public List<String> lines() {
        return settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }

    public Settings settings() {
        return new SettingsLoader(Path.of("target"), null, Map.of())
                .load(null, settings)
                .settings();
    }

    public void onSource(String... statements) {
        run(source, statements);
    }

    public void onTarget(String... statements) {
        run(target, statements);
    }

    public void onBoth(String... statements) {
        onSource(statements);
        onTarget(statements);
    }

    private void run(Server server, String... statements) {
        List<String> all = new ArrayList<>(List.of(LENIENT));
        all.addAll(List.of(statements));
        execute(server, all.toArray(String[]::new));
    }

    /** Runs statements as the server takes them. */
    void execute(Server server, String... statements) {
        Dialect dialect = TestServers.dialect(server);
        server.execute(
                schema,
                Stream.of(statements)
                        .map(s -> TestServers.words(dialect, s))
                        .toArray(String[]::new));
    }

    /** Makes the chunk planner see what is there. */
    public void analyzeTables() {
        for (String table : tables(source)) {
            onSource("ANALYZE TABLE " + quote(table));
        }
    }

    /** Base tables of one side, by name. */
    public List<String> tables(Server server) {
        return read(
                server,
                "SELECT table_name FROM information_schema.tables WHERE table_schema = '"
                        + schema
                        + "' AND table_type = 'BASE TABLE' ORDER BY table_name");
    }

    /** The first column of each row. */
    public List<String> read(Server server, String sql) {
        return read(server, sql, 1);
    }

    /** The second column of each row, which is where SHOW CREATE tells. */
    public List<String> shown(Server server, String sql) {
        return read(server, sql, 2);
    }

    /** One column of the target's first row. */
    public String target(String sql, int column) {
        return read(target, sql, column).get(0);
    }

    /** One column of each row. */
    public List<String> read(Server server, String sql, int column) {
        try (Connection c = server.connect(schema);
                Statement s = c.createStatement()) {
            s.execute(LENIENT);
            try (ResultSet r = s.executeQuery(TestServers.words(Dialect.of(c), sql))) {
                List<String> values = new ArrayList<>();
                while (r.next()) {
                    values.add(r.getString(column));
                }
                return values;
            }
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    public String one(Server server, String sql) {
        List<String> values = read(server, sql);
        return values.isEmpty() ? null : values.get(0);
    }

    public DataStep.Report copy() {
        return data(Job.Mode.TRUNCATE, false);
    }

    public DataStep.Report reconcile() {
        return data(Job.Mode.RECONCILE, false);
    }

    public DataStep.Report resume() {
        return data(Job.Mode.TRUNCATE, true);
    }

    private DataStep.Report data(Job.Mode mode, boolean resume) {
        return call(p -> p.data(job().copying(mode, resume)));
    }

    public VerifyStep.Report verify() {
        return call(p -> p.verify(job().naming(new Naming(100, true))));
    }

    public ReplicateReport replicate(Job job) {
        return call(p -> p.replicate(job));
    }

    public StructureStep.Report structure() {
        return call(p -> p.structure(job().changing()));
    }

    public VerifyStep.Report repair() {
        return call(p -> p.verify(job().repairing(true)));
    }

    /** Saves the source. */
    public BackupStep.Report save() {
        Settings s = settings();
        return call(p -> p.backup(Job.saving(RunId.at(Instant.now()), s.source(), s.tables())));
    }

    /** Puts a backup into the target. */
    public RestoreStep.Report restore(String backupId) {
        return restore(restoring(backupId));
    }

    public RestoreStep.Report restore(Job job) {
        return call(p -> p.restore(job));
    }

    public Job restoring(String backupId) {
        Settings s = settings();
        return Job.restoring(RunId.at(Instant.now()), backupId, s.target(), s.tables())
                .checksums(true);
    }

    public Job job() {
        Settings s = settings();
        return Job.of(RunId.at(Instant.now()), s.source(), s.target(), s.tables());
    }

    private <T> T call(Function<Pipelines, T> work) {
        try (Pipelines pipelines = Pipelines.start(settings(), new Progress(), extension)) {
            return work.apply(pipelines);
        }
    }

    /** All rows of all the source's tables are in the target, bit for bit and as often. */
    public void assertSameRows() {
        for (String table : tables(source)) {
            assertThat(rows(target, table)).as(table).isEqualTo(rows(source, table));
        }
    }

    /**
     * The rows of a table, sorted, as text that shows every bit: read with none of the product's
     * expressions.
     */
    public List<String> rows(Server server, String table) {
        List<String> columns =
                read(
                        server,
                        "SELECT CONCAT(data_type, ' ', column_name) FROM information_schema.columns"
                                + " WHERE table_schema = '"
                                + schema
                                + "' AND table_name = '"
                                + table.replace("\\", "\\\\").replace("'", "''")
                                + "' ORDER BY ordinal_position");
        String row =
                columns.stream()
                        .map(
                                c ->
                                        bits(
                                                c.substring(0, c.indexOf(' ')),
                                                quote(c.substring(c.indexOf(' ') + 1))))
                        .map(bits -> "IFNULL(" + bits + ", 'NULL')")
                        .reduce((a, b) -> a + ", '|', " + b)
                        .orElseThrow();
        List<String> rows = read(server, "SELECT CONCAT(" + row + ") FROM " + quote(table));
        rows.sort(null);
        return rows;
    }

    private static String bits(String type, String column) {
        return switch (type) {
            // the eight bytes of a DOUBLE, -0 and all, from the coordinate of a point
            case "float", "double" -> "SUBSTR(HEX(ST_AsWKB(POINT(" + column + ", 0))), 11, 16)";
            case "json" ->
                    "CONCAT(JSON_TYPE("
                            + column
                            + "), HEX(CAST("
                            + column
                            + " AS CHAR CHARACTER SET utf8mb4)))";
            case "bit" -> "BIN(" + column + " + 0)";
            case "enum", "set" ->
                    "CONCAT(" + column + " + 0, ' ', HEX(CAST(" + column + " AS BINARY)))";
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year" ->
                    "CAST(" + column + " AS CHAR)";
            case "date", "time", "datetime", "timestamp" -> "CAST(" + column + " AS CHAR)";
            default -> "HEX(CAST(" + column + " AS BINARY))";
        };
    }

    public static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    public void close() {
        for (Server server : List.of(source, target)) {
            server.execute(
                    "", "SET SESSION lock_wait_timeout = 10", "DROP SCHEMA IF EXISTS " + schema);
        }
    }
}

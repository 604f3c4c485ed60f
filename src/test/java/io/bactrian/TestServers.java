package io.bactrian;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bactrian.demo.MariaDb;
import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlServer;
import io.bactrian.schema.ServerKind;
import io.bactrian.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions on the two MySQL servers that all tests of a JVM share. */
public final class TestServers {
    public static final MySqlPair.Server SOURCE = MySqlPair.shared().source();
    public static final MySqlPair.Server TARGET = MySqlPair.shared().target();

    private static final Map<MySqlPair.Server, Dialect> DIALECTS = new ConcurrentHashMap<>();

    private TestServers() {}

    /** What a server is. */
    public static Dialect dialect(MySqlPair.Server server) {
        return DIALECTS.computeIfAbsent(
                server,
                s -> {
                    try (Connection c = connect(s, "")) {
                        return Dialect.of(c);
                    } catch (SQLException e) {
                        throw new AssertionError(s.toString(), e);
                    }
                });
    }

    /**
     * Skips the test where one of the two servers is of another kind.
     *
     * @param feature the kind of server, a colon, and what only that has
     */
    public static void needs(String feature) {
        for (MySqlPair.Server server : List.of(SOURCE, TARGET)) {
            assumeTrue(
                    feature.startsWith(dialect(server).kind() + ":"),
                    dialect(server) + " lacks what is in " + feature);
        }
    }

    /**
     * A server of the test's own, of the kind of those that are shared, its data in that folder.
     */
    public static MySqlServer launchIn(Path folder, String... arguments) {
        return dialect(SOURCE).kind() == ServerKind.MARIADB
                ? MariaDb.launchIn(folder, arguments)
                : MySqlServer.launchIn(folder, arguments);
    }

    /** What a statement is to a server of that kind, without what it has no equal to. */
    public static String words(Dialect dialect, String sql) {
        return dialect.kind() == ServerKind.MARIADB
                ? sql.replace("cte_max_recursion_depth", "max_recursive_iterations")
                        .replace("`f``k`", "`f'k`")
                        .replaceAll("GRANT SHOW_ROUTINE .*", "DO 0")
                        .replaceAll("(\\w+)->>('[^']*')", "JSON_UNQUOTE(JSON_EXTRACT($1, $2))")
                        .replaceAll("(?m)^.*\\b_?gb18030\\b.*$", "")
                        // where the log is not named its triggers fail: MariaDbIT
                        .replace("LOCK TABLES p WRITE", "LOCK TABLES sync_log WRITE, p WRITE")
                        .replace(
                                "transaction_isolation",
                                dialect.major() < 11 ? "tx_isolation" : "transaction_isolation")
                        // which 11.4 knows by this name, and 10.11 not at all
                        .replace(
                                "utf8mb4_0900_ai_ci",
                                dialect.major() < 11
                                        ? "utf8mb4_uca1400_nopad_ai_ci"
                                        : "utf8mb4_0900_ai_ci")
                : sql;
    }

    /**
     * Whether a statement was refused for what another one that was killed has left: MariaDB
     * 10.11.19, docs/servers.md.
     */
    public static boolean isHalfRead(Throwable e) {
        return String.valueOf(e.getMessage()).contains("has an error in its body")
                && DIALECTS.values().stream().anyMatch(d -> d.kind() == ServerKind.MARIADB);
    }

    /** A session as Bactrian opens them, in {@code schema}. */
    public static Connection connect(MySqlPair.Server server, String schema) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://"
                        + server.host()
                        + ":"
                        + server.port()
                        + "/"
                        + schema
                        + "?allowPublicKeyRetrieval=true&sslMode=DISABLED&allowMultiQueries=true"
                        + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true",
                server.user(),
                server.password());
    }

    /** A new, empty schema. */
    public static Connection create(MySqlPair.Server server, String schema) throws SQLException {
        try (Connection connection = connect(server, "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "DROP DATABASE IF EXISTS `" + schema + "`; CREATE DATABASE `" + schema + "`");
        }
        return connect(server, schema);
    }

    public static void drop(MySqlPair.Server server, String schema) throws SQLException {
        try (Connection connection = connect(server, "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS `" + schema + "`");
        }
    }
}

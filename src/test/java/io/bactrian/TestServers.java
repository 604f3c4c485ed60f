package io.bactrian;

import io.bactrian.demo.MySqlPair;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Sessions on the two MySQL servers that all tests of a JVM share. */
public final class TestServers {
    public static final MySqlPair.Server SOURCE = MySqlPair.shared().source();
    public static final MySqlPair.Server TARGET = MySqlPair.shared().target();

    private TestServers() {}

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

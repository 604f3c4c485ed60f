package io.bactrian;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The two MySQL servers of the tests, {@code host:port} in BACTRIAN_TEST_SOURCE and
 * BACTRIAN_TEST_TARGET, account root without password.
 */
public final class TestServers {
    public static final String SOURCE = named("BACTRIAN_TEST_SOURCE", "127.0.0.1:13301");
    public static final String TARGET = named("BACTRIAN_TEST_TARGET", "127.0.0.1:13302");

    private TestServers() {}

    private static String named(String variable, String absent) {
        return System.getenv().getOrDefault(variable, absent);
    }

    /** A session as Bactrian opens them, in {@code schema}. */
    public static Connection connect(String server, String schema) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://"
                        + server
                        + "/"
                        + schema
                        + "?allowPublicKeyRetrieval=true&sslMode=DISABLED&allowMultiQueries=true"
                        + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true",
                "root",
                "");
    }

    /** A new, empty schema. */
    public static Connection create(String server, String schema) throws SQLException {
        try (Connection connection = connect(server, "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "DROP DATABASE IF EXISTS `" + schema + "`; CREATE DATABASE `" + schema + "`");
        }
        return connect(server, schema);
    }

    public static void drop(String server, String schema) throws SQLException {
        try (Connection connection = connect(server, "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS `" + schema + "`");
        }
    }
}

package io.bactrian;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The two servers of the tests, from the environment: {@code user:password@host:port}. */
public record TestServers(String user, String password, String host, String port) {

    public static TestServers source() {
        return of("BACTRIAN_TEST_SOURCE");
    }

    public static TestServers target() {
        return of("BACTRIAN_TEST_TARGET");
    }

    private static TestServers of(String variable) {
        String text = System.getenv(variable);
        if (text == null) {
            throw new IllegalStateException("set " + variable + "=user:password@host:port");
        }
        int at = text.lastIndexOf('@');
        int colon = text.indexOf(':');
        int port = text.lastIndexOf(':');
        return new TestServers(
                text.substring(0, colon),
                text.substring(colon + 1, at),
                text.substring(at + 1, port),
                text.substring(port + 1));
    }

    /** Runs statements as the administrator. */
    public void run(String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:mysql://" + host + ":" + port + "/", user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The variables that make a schema of this server the database of that name. */
    public Map<String, String> environment(String name, String schema) {
        String prefix = "MYSQL_" + name.toUpperCase() + "_";
        return Map.of(
                prefix + "HOST", host,
                prefix + "PORT", port,
                prefix + "USER", user,
                prefix + "PASSWORD", password,
                prefix + "DATABASE", schema);
    }
}

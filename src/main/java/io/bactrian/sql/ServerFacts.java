package io.bactrian.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a server is and how it is set, as far as it matters to us.
 *
 * @param account the account in force, {@code app@%}
 * @param requiresPrimaryKey {@code sql_require_primary_key}
 * @param binlogByStatement whether the log has statements and not rows, {@code binlog_format}
 * @param trustsFunctionCreators {@code log_bin_trust_function_creators}
 * @param clockOffset how far the server's clock is ahead of this machine's, to about the time of a
 *     round trip
 */
public record ServerFacts(
        String version,
        String account,
        boolean localInfile,
        long maxAllowedPacket,
        boolean binlog,
        boolean binlogByStatement,
        boolean trustsFunctionCreators,
        boolean requiresPrimaryKey,
        int lowerCaseTableNames,
        Duration clockOffset) {

    private static final String VARIABLES =
            """
            SHOW GLOBAL VARIABLES WHERE Variable_name IN
              ('local_infile', 'max_allowed_packet', 'log_bin', 'binlog_format', 'log_bin_trust_function_creators',
               'sql_require_primary_key', 'lower_case_table_names')
            """;

    /** SYSDATE and not NOW: the latter can be set. */
    private static final String CLOCK = "SELECT UNIX_TIMESTAMP(SYSDATE(6))";

    private static final int CLOCK_READINGS = 3;

    public Dialect dialect() {
        return Dialect.of(version);
    }

    public static ServerFacts read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Map<String, String> variables = new HashMap<>();
            try (ResultSet rows = statement.executeQuery(VARIABLES)) {
                while (rows.next()) {
                    variables.put(rows.getString(1), rows.getString(2));
                }
            }
            String version;
            String account;
            try (ResultSet row = statement.executeQuery("SELECT VERSION(), CURRENT_USER()")) {
                row.next();
                version = row.getString(1);
                account = row.getString(2);
            }
            return new ServerFacts(
                    version,
                    account,
                    isOn(variables.get("local_infile")),
                    Long.parseLong(variables.get("max_allowed_packet")),
                    isOn(variables.get("log_bin")),
                    "STATEMENT".equals(variables.get("binlog_format")),
                    isOn(variables.get("log_bin_trust_function_creators")),
                    isOn(variables.get("sql_require_primary_key")),
                    Integer.parseInt(variables.get("lower_case_table_names")),
                    clockOffset(statement));
        }
    }

    private static boolean isOn(String value) {
        return "ON".equals(value) || "1".equals(value);
    }

    /** Of some readings the one with the shortest round trip, taken in its middle. */
    private static Duration clockOffset(Statement statement) throws SQLException {
        Duration shortest = Duration.ofDays(1);
        Duration offset = Duration.ZERO;
        for (int i = 0; i < CLOCK_READINGS; i++) {
            Instant before = Instant.now();
            Instant server;
            try (ResultSet row = statement.executeQuery(CLOCK)) {
                row.next();
                server =
                        Instant.EPOCH.plusNanos(row.getBigDecimal(1).movePointRight(9).longValue());
            }
            Duration trip = Duration.between(before, Instant.now());
            if (trip.compareTo(shortest) < 0) {
                shortest = trip;
                offset = Duration.between(before.plus(trip.dividedBy(2)), server);
            }
        }
        return offset;
    }
}

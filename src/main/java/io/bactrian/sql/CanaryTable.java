package io.bactrian.sql;

import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A column of every type with the extremes of each, in a table that only the session that makes it
 * sees, and that goes with it: {@code sql/canary.sql}.
 */
public final class CanaryTable {
    public static final String NAME = "bactrian_canary";

    private static final List<String> SCRIPT = SqlScript.statements("canary.sql");

    private static final String JSON = "c_json";

    /** Smaller than any server has it by default; MariaDB's default. */
    private static final long USUAL_PACKET = 16 << 20;

    private static final String PACKET = "max_allowed_packet";

    /**
     * Settings that change what a statement means or what comes back of it, as sessions need them.
     */
    private static final Map<String, String> WANTED = new LinkedHashMap<>();

    static {
        WANTED.put("character_set_client", "utf8mb4");
        WANTED.put("character_set_connection", "utf8mb4");
        WANTED.put("character_set_results", "");
        WANTED.put("sql_mode", "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES");
        WANTED.put("time_zone", "+00:00");
        WANTED.put("sql_select_limit", "18446744073709551615");
        WANTED.put("sql_big_selects", "ON");
        WANTED.put("sql_safe_updates", "OFF");
        WANTED.put("sql_auto_is_null", "OFF");
        WANTED.put("max_execution_time", "0");
        WANTED.put("completion_type", "NO_CHAIN");
        WANTED.put("explicit_defaults_for_timestamp", "ON");
        WANTED.put("transaction_read_only", "OFF");
    }

    private CanaryTable() {}

    /** Makes it without rows. */
    public static void create(Connection session) throws SQLException {
        try (Statement s = session.createStatement()) {
            s.execute(SCRIPT.get(0));
        }
    }

    /** Puts the extremes in, and gives the table as the server tells it. */
    public static Table fill(Connection session) throws SQLException {
        try (Statement s = session.createStatement()) {
            for (String statement : SCRIPT.subList(1, SCRIPT.size())) {
                s.execute(statement);
            }
            try (ResultSet r = s.executeQuery("SHOW CREATE TABLE " + NAME)) {
                r.next();
                return CreateTableParser.parse(
                        Dialect.of(session).kind(),
                        r.getString(2).replaceFirst("TEMPORARY TABLE", "TABLE"));
            }
        }
    }

    /** Leaves out the one value that not every server prints: rows that have it are told apart. */
    public static void forgetMinusZero(Connection session) throws SQLException {
        try (Statement s = session.createStatement()) {
            s.execute("UPDATE " + NAME + " SET c_double = 0 WHERE c_double = 0");
        }
    }

    /** The table with its key and one column alone. */
    public static Table only(Table table, Column column) {
        return with(table, List.of(table.columns().get(0), column));
    }

    /** What there is of it both in MySQL and in MariaDB, whose JSON is text. */
    public static Table withoutJson(Table table) {
        return with(table, table.columns().stream().filter(c -> !c.name().equals(JSON)).toList());
    }

    private static Table with(Table table, List<Column> columns) {
        return new Table(
                table.server(),
                table.name(),
                columns,
                table.indexes(),
                List.of(),
                List.of(),
                table.options(),
                null,
                null);
    }

    /** What of a session's settings is not as it should be, each in words. */
    public static List<String> suspects(Connection session) throws SQLException {
        List<String> found = new ArrayList<>();
        String names =
                WANTED.keySet().stream()
                        .map(Names::literal)
                        .collect(Collectors.joining(", ", "(", ", '" + PACKET + "')"));
        try (Statement s = session.createStatement();
                ResultSet r =
                        s.executeQuery("SHOW SESSION VARIABLES WHERE variable_name IN " + names)) {
            while (r.next()) {
                String name = r.getString(1);
                String value = r.getString(2);
                if (name.equals(PACKET)) {
                    if (Long.parseLong(value) < USUAL_PACKET) {
                        found.add(name + " is " + value);
                    }
                } else if (!value.equals(WANTED.get(name))) {
                    found.add(name + " is " + value + " and not " + WANTED.get(name));
                }
            }
        }
        return found;
    }
}

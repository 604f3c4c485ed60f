package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.ServerKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tables whose triggers MariaDB began to read for a statement that was ended meanwhile, by KILL or
 * {@code max_statement_time}. For as long as it keeps such a table open it takes a trigger for
 * unreadable: it refuses all writes, and DROP TRIGGER takes others of the table away with the one
 * it names, so that they can neither be seen nor made again. So does 10.11.19; 11.4.5 does not.
 */
final class HalfReadTriggers {
    private static final int SYNTAX = 1064;
    private static final String UNREADABLE = "has an error in its body";
    private static final Pattern DROP =
            Pattern.compile("DROP TRIGGER (?:IF EXISTS )?(?<name>.*)", Pattern.DOTALL);
    private static final String TRIGGERS =
            "SELECT trigger_name, event_object_table FROM information_schema.triggers"
                    + " WHERE trigger_schema = DATABASE()";

    private HalfReadTriggers() {}

    /** Whether a write was refused for one. */
    static boolean is(SQLException e) {
        return e.getErrorCode() == SYNTAX && String.valueOf(e.getMessage()).contains(UNREADABLE);
    }

    /**
     * Has the server read the tables anew whose triggers are to be dropped. Nothing is changed, and
     * the account needs TRIGGER alone, where FLUSH TABLES needs RELOAD.
     *
     * @param statements of {@link Ddl}, among them those that drop triggers
     */
    static void readAgainFor(Connection session, List<String> statements) throws SQLException {
        Set<String> dropped =
                statements.stream()
                        .map(DROP::matcher)
                        .filter(Matcher::matches)
                        .map(drop -> drop.group("name"))
                        .collect(Collectors.toSet());
        if (dropped.isEmpty() || Dialect.of(session).kind() != ServerKind.MARIADB) {
            return;
        }
        Map<String, String> byTable = new TreeMap<>();
        try (Statement s = session.createStatement()) {
            try (ResultSet r = s.executeQuery(TRIGGERS)) {
                while (r.next()) {
                    if (dropped.contains(quote(r.getString(1)))) {
                        byTable.putIfAbsent(r.getString(2), r.getString(1));
                    }
                }
            }
            for (Map.Entry<String, String> e : byTable.entrySet()) {
                reopen(s, e.getKey(), e.getValue());
            }
        }
    }

    /** The trigger is there; that it is asked for is enough to close the table. */
    private static void reopen(Statement s, String table, String trigger) throws SQLException {
        try {
            s.execute(
                    "CREATE TRIGGER IF NOT EXISTS "
                            + quote(trigger)
                            + " BEFORE INSERT ON "
                            + quote(table)
                            + " FOR EACH ROW DO 0");
        } catch (SQLException e) {
            if (!is(e)) {
                throw e;
            }
            // refused for what it has mended
        }
    }
}

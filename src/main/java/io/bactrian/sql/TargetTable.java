package io.bactrian.sql;

import static io.bactrian.sql.Names.quote;

import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** What is done to a whole target table before and after its rows are written. */
public final class TargetTable {
    private static final int NO_SUCH_TABLE = 1146;
    private static final String TRIGGER =
            "SELECT 1 FROM information_schema.triggers WHERE trigger_schema = DATABASE() AND trigger_name = ?";

    private TargetTable() {}

    /** The table as it is now; empty if there is none of this name. */
    public static Optional<Table> read(Connection session, String table) throws SQLException {
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery("SHOW CREATE TABLE " + quote(table))) {
            r.next();
            return Optional.of(CreateTableParser.parse(Dialect.of(session).kind(), r.getString(2)));
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Takes all rows away. TRUNCATE, but not for a table that is empty: it costs as much as a new
     * table.
     */
    public static void empty(Connection session, String table) throws SQLException {
        boolean filled;
        try (Statement s = session.createStatement();
                ResultSet r = s.executeQuery("SELECT 1 FROM " + quote(table) + " LIMIT 1")) {
            filled = r.next();
        }
        if (filled) {
            DdlRunner.run(session, List.of(Ddl.truncate(table)));
        }
    }

    public static void dropTriggers(Connection session, List<StoredObject> triggers)
            throws SQLException {
        DdlRunner.run(session, triggers.stream().map(t -> Ddl.dropTrigger(t.name())).toList());
    }

    /** Creates those of the triggers that are not there, in their order. */
    public static void createTriggers(Connection session, List<StoredObject> triggers)
            throws SQLException {
        for (StoredObject trigger : triggers) {
            if (!hasTrigger(session, trigger.name())) {
                List<String> create = List.of(trigger.createAs(trigger.definer()));
                DdlRunner.run(
                        session, create, List.of(trigger.create()), DdlSession.object(trigger));
            }
        }
    }

    private static boolean hasTrigger(Connection session, String name) throws SQLException {
        try (PreparedStatement s = session.prepareStatement(TRIGGER)) {
            s.setString(1, name);
            try (ResultSet r = s.executeQuery()) {
                return r.next();
            }
        }
    }

    /** Raises the AUTO_INCREMENT counter to {@code next}, where it is lower. */
    public static void setCounter(Connection session, String table, long next) throws SQLException {
        Long now = read(session, table).map(Table::autoIncrement).orElse(null);
        if (now == null || now < next) {
            DdlRunner.run(
                    session, List.of("ALTER TABLE " + quote(table) + " AUTO_INCREMENT = " + next));
        }
    }
}
